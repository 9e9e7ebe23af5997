"""What the clock brings by itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.facts import Fact
from valedor.casefile.seats import BOTH_SIDES, Seat


@dataclass(frozen=True, kw_only=True)
class LimitNear(Fact, kind="limits.near", seats=Seat.COMPANY):
    """A limit comes near; somebody who can act was told."""

    sentence = pgettext_lazy("a time limit", "A time limit comes near: %(duty)s, %(due_at)s.")
    icon = "clock"

    deadline: int
    duty: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class LimitPassed(Fact, kind="limits.passed"):
    """A limit passed without its duty done. The case stays open, for silence closes nothing."""

    sentence = pgettext_lazy("a time limit", "A time limit passed: %(duty)s, %(due_at)s.")
    icon = "warning"

    deadline: int
    duty: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class NextStepOpened(Fact, kind="case.next_step_opened", seats=BOTH_SIDES):
    """No answer came inside the legal limit: the person may turn to the next instance now."""

    sentence = _(
        "No answer came in time. The next instance is open to the person; the case stays open here."
    )
    icon = "open"

    deadline: int
