"""The answer on its way, and words that it takes longer."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class ResponseWritten(Fact, kind="case.response_written", seats=Seat.COMPANY):
    """The answer is written and on its way.

    Its duty is not done until the letter was taken over.
    """

    sentence = _("The answer is written and waits to be sent.")
    icon = "letter"

    response: int
    letter: int | None
    template: str
    number: int


@dataclass(frozen=True, kw_only=True)
class AnswerTakenBack(Fact, kind="case.answer_taken_back", seats=Seat.COMPANY):
    """Whoever wrote the answer took it back before it left: the person got nothing."""

    sentence = _("The answer was taken back before it left.")
    icon = "undo"

    response: int
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class Answered(Fact, kind="case.answered"):
    """The answer went out.

    The mail server took it over, or it was handed over or posted with proof.
    """

    sentence = _("The answer was sent.")
    icon = "letter"

    response: int
    letter: int | None
    channel: str
    react_by: str
    contest_by: str  # Empty where no rule sets a day for taking the answer further.


@dataclass(frozen=True, kw_only=True)
class ResponseFailed(Fact, kind="case.response_failed", seats=Seat.COMPANY):
    """The answer could not be delivered: the step is open again."""

    sentence = _("The answer could not be delivered; it must be sent in another way.")
    icon = "warning"

    response: int
    letter: int


@dataclass(frozen=True, kw_only=True)
class LetterFailed(Fact, kind="case.letter_failed", seats=Seat.COMPANY):
    """A letter could not be delivered and needs somebody."""

    sentence = _("A letter could not be delivered; somebody must see to it.")
    icon = "warning"

    letter: int
    letter_kind: str


@dataclass(frozen=True, kw_only=True)
class Extended(Fact, kind="case.extended"):
    """The person was told, with reasons, that the answer comes later, as the regime allows."""

    sentence = _("The time to answer was extended to %(due_on)s.")
    icon = "clock"

    length: int
    unit: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class DelayTold(Fact, kind="case.delay_told"):
    """The person was told why it takes longer. No legal limit moves by it."""

    sentence = _("The person was told that the answer takes longer.")
    icon = "clock"

    expected_on: str


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Fact, kind="case.answer_accepted"):
    """The person agrees with the answer."""

    sentence = _("The person accepted the answer.")
    icon = "check"

    response: int
    channel: str
