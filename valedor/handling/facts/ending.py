"""The end of a case, what is told after it, and its coming back."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat
from valedor.foundation.multilingual import MultilingualText


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Fact, kind="case.withdrawn"):
    """The person does not go on with the case. The reason, if they gave one, is the body."""

    sentence = _("The person withdrew the case.")
    icon = "closed"

    channel: str


@dataclass(frozen=True, kw_only=True)
class Closed(Fact, kind="case.closed"):
    """The case is closed; what comes next, if anything, was said in the answer."""

    sentence = _("The case was closed: %(reason)s.")
    icon = "closed"

    closure: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AreaTold(Fact, kind="case.area_told", seats=Seat.COMPANY):
    """An area concerned was told what was complained of and what was done.

    That text is the body.
    """

    sentence = _("%(area)s was told what was complained of and what was done.")
    icon = "out"

    notice: int
    area: str | MultilingualText


@dataclass(frozen=True, kw_only=True)
class MeasureTold(Fact, kind="case.measure_told"):
    """The person was told of a measure taken after the case was closed. The measure is the body."""

    sentence = _("The person was told of a measure taken since.")
    icon = "out"

    letter: int | None


@dataclass(frozen=True, kw_only=True)
class Reopened(Fact, kind="case.reopened"):
    """A closed case goes on. The reason is the body."""

    sentence = _("The case was reopened.")
    icon = "open"

    reopening: int
