"""What can happen first: the receipt reaches the person, and what is missing is asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Fact, kind="case.acknowledged"):
    """The person was told that the contact arrived, with its reference and its dates."""

    sentence = _("The receipt reached the person.")
    icon = "check"

    channel: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class CureRequested(Fact, kind="case.cure_requested"):
    """The person was asked to complete what the regime asks for. What is missing is the body."""

    sentence = _("Missing details were asked for, to be sent by %(cure_by)s.")
    icon = "question"

    cure_by: str


@dataclass(frozen=True, kw_only=True)
class Cured(Fact, kind="case.cured"):
    """What was missing has been sent."""

    sentence = _("The missing details arrived.")
    icon = "check"

    in_time: bool


@dataclass(frozen=True, kw_only=True)
class CureLapsed(Fact, kind="case.cure_lapsed"):
    """The time to complete is over. The case stays open until a person decides."""

    sentence = _("The time to send the missing details is over.")
    icon = "warning"

    cure_by: str
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class MarkCleared(Fact, kind="case.mark_cleared", seats=Seat.COMPANY):
    """Somebody looked at a case that was marked as possible abuse, and it is none."""

    sentence = _("The mark of possible abuse was taken away.")
    icon = "check"
