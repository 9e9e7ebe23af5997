"""What can happen to letters on their way out, and to the papers that go with them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LetterAccepted(Fact, kind="letter.accepted", personal=("to",)):
    """A letter reached the carrier: the mail server took it over. Only now is its duty done."""

    sentence = _("%(letter_kind)s sent to %(to)s.")
    icon = "out"

    letter: int
    letter_kind: str
    channel: str
    sent_again: bool
    to: str


@dataclass(frozen=True, kw_only=True)
class LetterPosted(Fact, kind="letter.posted", personal=("to", "proof")):
    """A letter on paper was posted, with proof of it."""

    sentence = _("%(letter_kind)s posted to %(to)s.")
    icon = "out"

    letter: int
    letter_kind: str
    document: int | None
    to: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class LetterHandedOver(Fact, kind="letter.handed_over", personal=("to",)):
    """A letter was put into the person's hands."""

    sentence = _("%(letter_kind)s handed over to %(to)s.")
    icon = "out"

    letter: int
    letter_kind: str
    to: str


@dataclass(frozen=True, kw_only=True)
class LetterRefused(Fact, kind="letter.refused", personal=("to", "reason")):
    """A letter did not leave, and no machine will try again: somebody has to find another way."""

    sentence = _("%(letter_kind)s could not be sent to %(to)s.")
    icon = "warning"

    letter: int
    letter_kind: str
    attempts: int
    to: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LetterCameBack(Fact, kind="letter.came_back", personal=("to", "reason")):
    """A letter that had left did not arrive: it is as if it had never been sent."""

    sentence = _("%(letter_kind)s did not reach %(to)s: it came back.")
    icon = "warning"

    letter: int
    letter_kind: str
    channel: str
    to: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LetterReturned(Fact, kind="letter.returned", personal=("to",)):
    """The post brought a letter back: it is as if it had never been sent."""

    sentence = _("%(letter_kind)s to %(to)s came back by post: %(returned)s.")
    icon = "warning"

    letter: int
    letter_kind: str
    document: int | None
    returned: str
    to: str


@dataclass(frozen=True, kw_only=True)
class LetterProved(Fact, kind="letter.proved", personal=("to", "proof")):
    """It is proved when a letter on paper came into the person's hands."""

    sentence = _("%(letter_kind)s was delivered to %(to)s.")
    icon = "done"

    letter: int
    letter_kind: str
    document: int | None
    to: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class LetterCancelled(Fact, kind="letter.cancelled"):
    """A letter that had not left yet does not leave any more."""

    sentence = _("%(letter_kind)s is not sent any more.")
    icon = "closed"

    letter: int
    letter_kind: str


@dataclass(frozen=True, kw_only=True)
class LetterSentAnew(Fact, kind="letter.queued_again"):
    """Somebody let a waiting or refused letter go."""

    sentence = _("%(letter_kind)s is to be sent again.")
    icon = "out"

    letter: int
    letter_kind: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class ReceiptDrawnUp(Fact, kind="document.receipt_drawn_up"):
    """The receipt was made as a document and kept with the case."""

    sentence = _("The receipt was drawn up as a document.")
    icon = "document"

    document: int
    size: int
    digest: str
