"""What can happen to the limits of a case."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.models import Deadline


def as_told(deadlines: list[Deadline]) -> tuple[dict[str, Any], ...]:
    """Deadlines as an entry tells them: enough to compare the rows with the timeline."""
    return tuple(
        {
            "deadline": deadline.pk,
            "clock": f"{deadline.regime}/{deadline.clock}",
            "state": str(deadline.state),
            "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
            "due_at": deadline.due_at.astimezone(UTC).isoformat() if deadline.due_at else None,
        }
        for deadline in deadlines
    )


@dataclass(frozen=True, kw_only=True)
class LimitsBegun(Fact, kind="limits.begun"):
    """Limits began to run for an instance."""

    sentence = _("The time limits began to run.")
    icon = "clock"

    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class LimitsMoved(Fact, kind="limits.moved"):
    """An event stopped, resumed, extended or restarted limits. The reason is the body."""

    sentence = _("The time limits were counted anew: %(event)s.")
    icon = "clock"

    event: str
    basis: str
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class LimitsMet(Fact, kind="limits.met"):
    """A duty was done."""

    sentence = _("Done in answer to a time limit: %(duty)s.")
    icon = "check"

    duty: str
    in_time: bool
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class LimitsDropped(Fact, kind="limits.dropped"):
    """A limit no longer applies. The reason is the body."""

    sentence = _("A time limit no longer applies: %(duty)s.")
    icon = "clock"

    duty: str
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class LimitsOpenedAgain(Fact, kind="limits.opened_again"):
    """What met a limit did not reach the person. A notice that did not arrive is none."""

    sentence = _("A time limit runs again, since what met it did not arrive: %(duty)s.")
    icon = "clock"

    duty: str
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class LimitsTakenUp(Fact, kind="limits.taken_up"):
    """What made limits fall away was taken back: they run from where they began. Why is the
    body.
    """

    sentence = _("The time limits run on as before.")
    icon = "clock"

    deadlines: tuple[dict[str, Any], ...]
