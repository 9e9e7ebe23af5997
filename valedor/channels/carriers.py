"""What carries letters says of them: not taken, or no word at all. Whatever the carrier."""


class NotTaken(Exception):
    """The carrier did not take a letter. ``answer`` is what it said, in its own words."""

    def __init__(
        self, answer: str, *, for_good: bool = False, address_refused: bool = False
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.for_good = for_good
        self.address_refused = address_refused


class AcceptanceUnknown(NotTaken):
    """Everything was sent and no word came back: it may have been taken, or not."""
