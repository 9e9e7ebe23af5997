"""What was found, and what was decided on each grievance."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class Found(Fact, kind="case.found", seats=Seat.COMPANY):
    """A fact held to be so, and what shows it. The finding is the body."""

    sentence = _("Finding from %(side)s, with %(evidence)s pieces of evidence.")
    icon = "search"

    finding: int
    grievance: int | None
    side: str
    evidence: int
    is_disputed: bool


@dataclass(frozen=True, kw_only=True)
class FindingWithdrawn(Fact, kind="case.finding_withdrawn", seats=Seat.COMPANY):
    """A finding does not hold. The reason is the body."""

    sentence = _("A finding was withdrawn.")
    icon = "search"

    finding: int


@dataclass(frozen=True, kw_only=True)
class Decided(Fact, kind="case.decided", seats=Seat.COMPANY, personal=("grounds",)):
    """A grievance was decided. The person learns it with the answer. The reasons are the body."""

    sentence = _("Point %(ordinal)s decided: %(outcome)s.")
    icon = "decision"

    decision: int
    grievance: int
    ordinal: int
    outcome: str
    replaces: int | None
    grounds: str
