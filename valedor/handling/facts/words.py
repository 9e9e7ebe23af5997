"""Notes, messages and questions. What was written is the body of the entry."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat
from valedor.foundation.multilingual import MultilingualText


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Fact, kind="case.note_written", seats=Seat.COMPANY):
    """An internal note; it never leaves the house."""

    sentence = _("Internal note.")
    icon = "note"


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact, kind="message.sent"):
    """The house wrote to the person. The message is the body."""

    sentence = _("Message to the person.")
    icon = "out"

    channel: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Fact, kind="message.received"):
    """The person wrote or said something. The message is the body."""

    sentence = _("Message from the person.")
    icon = "in"

    channel: str
    raw: int | None


@dataclass(frozen=True, kw_only=True)
class Asked(Fact, kind="case.asked"):
    """The person was asked something. The question is the body."""

    sentence = _("The person was asked for information.")
    icon = "question"

    inquiry: int
    answer_by: str
    pauses: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Fact, kind="case.question_answered"):
    """What was asked of the person has been answered."""

    sentence = _("The person answered what was asked.")
    icon = "in"

    inquiry: int


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(Fact, kind="case.question_withdrawn", seats=Seat.COMPANY):
    """A question needs no answer any more."""

    sentence = _("A question was withdrawn.")
    icon = "question"

    inquiry: int


@dataclass(frozen=True, kw_only=True)
class AreaAsked(Fact, kind="case.area_asked", seats=Seat.COMPANY):
    """An area of the house was asked something. The question is the body."""

    sentence = _("Information was asked of %(area)s.")
    icon = "question"

    inquiry: int
    area: str | MultilingualText
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class AreaAnswered(Fact, kind="case.area_answered", seats=Seat.COMPANY):
    """An area answered. The answer is the body."""

    sentence = _("%(area)s answered.")
    icon = "in"

    inquiry: int
    area: str | MultilingualText
