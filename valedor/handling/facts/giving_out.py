"""How serious a case is, and who takes it (ISO 10002, initial assessment)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat
from valedor.foundation.multilingual import MultilingualText


@dataclass(frozen=True, kw_only=True)
class Assessed(Fact, kind="case.assessed", seats=Seat.COMPANY):
    """The initial assessment (ISO 10002): how serious, how hard, who is affected."""

    sentence = _(
        "Assessed: severity %(severity)s of 3, %(difficulty)s, %(people_affected)s affected."
    )
    icon = "assess"

    assessment: int
    severity: int
    difficulty: str
    touches_safety: bool
    is_vulnerable: bool
    people_affected: int
    is_admissible: bool
    inadmission_ground: str


@dataclass(frozen=True, kw_only=True)
class Assigned(Fact, kind="case.assigned", seats=Seat.COMPANY):
    """The case went to a responsible person, or to a team until somebody takes it."""

    sentence = _("Assigned to %(holder_name)s (%(team)s).")
    icon = "person"

    assignment: int
    instance: int
    holder: int | None
    holder_name: str
    team: str | MultilingualText
    basis: str


@dataclass(frozen=True, kw_only=True)
class NobodyEligible(Fact, kind="case.nobody_eligible", seats=Seat.COMPANY):
    """Nobody of the team may or can take the case; somebody must decide what to do."""

    sentence = _("Nobody of %(team)s can take this case: %(grounds)s.")
    icon = "warning"

    team: str | MultilingualText
    grounds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recused(Fact, kind="case.recused", seats=Seat.COMPANY):
    """Somebody may not handle the case. The reason is the body."""

    sentence = _("%(account_name)s takes no part in this case.")
    icon = "wall"

    account: int
    account_name: str


@dataclass(frozen=True, kw_only=True)
class RecusalLifted(Fact, kind="case.recusal_lifted", seats=Seat.COMPANY):
    """A recusal was a mistake, or its reason is gone."""

    sentence = _("%(account_name)s may take part in this case again.")
    icon = "wall"

    account: int
    account_name: str


@dataclass(frozen=True, kw_only=True)
class PartGiven(Fact, kind="case.part_given", seats=Seat.COMPANY):
    """A member of the team got a part of a complex case. What to do is the body."""

    sentence = _("A part of this case was given to %(member_name)s.")
    icon = "person"

    part: int
    member: int
    member_name: str


@dataclass(frozen=True, kw_only=True)
class PartFinished(Fact, kind="case.part_finished", seats=Seat.COMPANY):
    """A part is done. Its outcome is the body."""

    sentence = _("%(member_name)s finished their part.")
    icon = "check"

    part: int
    member: int
    member_name: str
