"""What a call-out leaves on the timeline of its case. Only the company sees it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class CalledOut(Fact, kind="call_out.called", seats=Seat.COMPANY):
    """Somebody was called to an emergency, by e-mail, by SMS or in vain."""

    sentence = _("Called %(name)s to this emergency (%(ways)s).")
    icon = "warning"

    call: int
    account: int
    name: str
    ways: str
    round: int


@dataclass(frozen=True, kw_only=True)
class NobodyOnDuty(Fact, kind="call_out.nobody_on_duty", seats=Seat.COMPANY):
    """An emergency came and the plan had nobody on duty who could be called."""

    sentence = _("Nobody was on duty in the team %(team)s.")
    icon = "warning"

    team: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class CallOutUnanswered(Fact, kind="call_out.unanswered", seats=Seat.COMPANY):
    """Everybody was called and nobody took the emergency: it begins again."""

    sentence = _("Everybody was called and nobody took it; they are called again.")
    icon = "warning"

    round: int


@dataclass(frozen=True, kw_only=True)
class CallOutTaken(Fact, kind="call_out.taken", seats=Seat.COMPANY):
    """Somebody attends to the emergency; nobody more is called."""

    sentence = _("%(name)s attends to this emergency.")
    icon = "person"

    call_out: int
    account: int
    name: str
    minutes: int
