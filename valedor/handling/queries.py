"""What the rules of handling need to know of a case, read in few queries, and reads shaped for its
page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from django.db.models import Q

from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import Case, Deadline, Grievance, Instance, Kind, Letter, Stage
from valedor.foundation.questions import Ask, Question, one_round_trip
from valedor.handling.models import (
    Approval,
    Assessment,
    Assignment,
    CaseMerge,
    CasePart,
    CaseRelation,
    Closure,
    CureRequest,
    Decision,
    Finding,
    IdentityCheck,
    Inquiry,
    Redress,
    Response,
    Thanks,
)
from valedor.people.models import Mandate
from valedor.procedures.house_rules import CONFIGURATION_NUMBER, HouseRules, house_rules

Row = TypeVar("Row")

# Contacts that are served with a word, not decided point by point.
SERVED_WITH_A_WORD = frozenset(
    {
        Kind.ENQUIRY,
        Kind.ORDER,
        Kind.BOOKING,
        Kind.TECHNICAL_SUPPORT,
        Kind.SUGGESTION,
        Kind.THANKS,
    }
)
PENDING_REDRESS = frozenset(
    {Redress.State.APPROVED, Redress.State.AWAITING_APPROVAL, Redress.State.ACCEPTED}
)

_DECIDE = frozenset({Instance.Kind.ARBITRATION, Instance.Kind.COURT})
_DECIDED = frozenset({"upheld", "partly_upheld", "not_upheld", "settled"})


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """A case with everything that its rules ask about, fetched once.

    ``instance`` is the one of the house that deals with the case now; decisions, response and
    deadlines are its own. Bodies outside are among ``instances``.
    """

    case: Case
    house: HouseRules
    instance: Instance
    instances: tuple[Instance, ...]
    mandate: Mandate | None
    grievances: tuple[Grievance, ...]
    deadlines: tuple[Deadline, ...]
    assessment: Assessment | None
    handled_by: frozenset[int]
    cure: CureRequest | None
    inquiries: tuple[Inquiry, ...]
    parts: tuple[CasePart, ...]
    findings: tuple[Finding, ...]
    decisions: dict[int, Decision]
    redress: tuple[Redress, ...]
    approvals: tuple[Approval, ...]
    response: Response | None
    letter: Letter | None
    closure: Closure | None
    thanks: tuple[Thanks, ...] = ()
    events: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_served_with_a_word(self) -> bool:
        """Whether a contact of this kind is answered without decisions."""
        return self.case.kind in SERVED_WITH_A_WORD

    @property
    def is_before_a_body(self) -> bool:
        """Whether a body outside the house has it, or what it said is still to be carried out."""
        return any(one.kind in Instance.OUTSIDE and one.closed_at is None for one in self.instances)

    @property
    def is_in_mediation(self) -> bool:
        """Whether somebody outside the house helps the two sides to agree."""
        mediations = (one for one in self.instances if one.kind == Instance.Kind.MEDIATION)
        return any(one.closed_at is None for one in mediations)

    @cached_property
    def is_decided_outside(self) -> bool:
        """Whether a board of arbitration or a court has decided it for both sides (Ley 60/2003,
        art. 43): nobody's word on the company's answer is waited for any more.
        """
        return any(one.kind in _DECIDE and one.outcome in _DECIDED for one in self.instances)

    @cached_property
    def undecided(self) -> tuple[Grievance, ...]:
        """The points that this instance has not decided yet."""
        return tuple(point for point in self.grievances if point.pk not in self.decisions)

    @cached_property
    def open_parts(self) -> tuple[CasePart, ...]:
        return tuple(part for part in self.parts if part.done_at is None)

    @cached_property
    def awaiting_approval(self) -> tuple[Redress, ...]:
        return self._redress_in(Redress.State.AWAITING_APPROVAL)

    @cached_property
    def offered(self) -> tuple[Redress, ...]:
        return self._redress_in(Redress.State.OFFERED)

    @cached_property
    def agreed(self) -> tuple[Redress, ...]:
        """What was promised and is not carried out yet."""
        return self._redress_in(Redress.State.ACCEPTED)

    @cached_property
    def to_offer(self) -> tuple[Redress, ...]:
        return self._redress_in(Redress.State.APPROVED)

    @cached_property
    def questions_to_person(self) -> tuple[Inquiry, ...]:
        return tuple(one for one in self.inquiries if one.to == Inquiry.To.COMPLAINANT)

    def running(self, duty: str) -> tuple[Deadline, ...]:
        """The unmet limits of a duty."""
        return tuple(deadline for deadline in self.deadlines if deadline.duty == duty)

    @property
    def resting_stage(self) -> Stage:
        """Where the case stands by what has been done, when it waits for nobody."""
        if self.closure is not None:
            return Stage.CLOSED
        if self.cure is not None:
            return Stage.INCOMPLETE
        if self.response is not None:
            sent = self.response.sent_at is not None
            return Stage.ANSWERED if sent else Stage.ANSWERED_NOT_SENT
        if self.questions_to_person:
            return Stage.AWAITING_COMPLAINANT
        if self.grievances and self.decisions and not self.undecided:
            return Stage.DECIDED
        if self.decisions or self.findings or self.inquiries:
            return Stage.INVESTIGATION
        if self.instance.kind != Instance.Kind.COMPANY:
            return Stage.CONTESTED
        return Stage.ASSESSED if self.assessment is not None else Stage.RECEIVED

    def _redress_in(self, state: Redress.State) -> tuple[Redress, ...]:
        return tuple(one for one in self.redress if one.state == state)


# What the rules of a case ask about, put together in one round trip.
_INSTANCES = Question(lambda case: Instance.objects.filter(case=case).order_by("ordinal"))
_MANDATE = Question(
    lambda mandate: Mandate.objects.select_related("representative").filter(pk=mandate)
)
_GRIEVANCES = Question(
    lambda case: Grievance.objects.filter(case=case, withdrawn_at=None).order_by("ordinal")
)
_DEADLINES = Question(lambda case: Deadline.objects.filter(case=case).order_by("due_at", "pk"))
_ASSESSMENT = Question(lambda case: Assessment.objects.filter(case=case).order_by("-at", "-pk")[:1])
_ASSIGNMENTS = Question(
    lambda case: Assignment.objects.filter(case=case).exclude(holder=None).order_by("pk")
)
_CURE = Question(
    lambda case: CureRequest.objects.filter(case=case, cured_at=None).order_by("-at")[:1]
)
_INQUIRIES = Question(
    lambda case: Inquiry.objects.filter(case=case, answered_at=None, withdrawn_at=None).order_by(
        "at"
    )
)
_PARTS = Question(lambda case: CasePart.objects.filter(case=case).order_by("at"))
_FINDINGS = Question(
    lambda case: Finding.objects.filter(case=case, withdrawn_at=None).order_by("at", "pk")
)
_DECISIONS = Question(lambda case: Decision.objects.filter(case=case, replaced_at=None))
_REDRESS = Question(lambda case: Redress.objects.filter(case=case).order_by("at", "pk"))
_APPROVALS = Question(
    lambda case: Approval.objects.filter(case=case, given=None).order_by("asked_at")
)
_RESPONSES = Question(
    lambda case: (
        Response.objects.filter(case=case, replaced_at=None, failed_at=None)
        .select_related("letter")
        .order_by("-at", "-pk")
    )
)
_CLOSURE = Question(
    lambda case: Closure.objects.filter(case=case, undone_at=None).order_by("-at")[:1]
)
_THANKS = Question(lambda case: Thanks.objects.filter(case=case).order_by("at", "pk"))
_UNMET = frozenset(
    {
        Deadline.State.RUNNING,
        Deadline.State.PAUSED,
        Deadline.State.HELD,
        Deadline.State.MISSED,
    }
)


class AskedState:
    """The state of a case on its way: asked together with whatever else a page asks."""

    def __init__(self, ask: Ask, case: Case) -> None:
        self._case = case
        self._number = ask.rows(CONFIGURATION_NUMBER)
        self._instances = ask(_INSTANCES)
        self._mandate = ask(_MANDATE, case.mandate_id) if case.mandate_id else []
        self._grievances = ask(_GRIEVANCES)
        self.deadlines = ask(_DEADLINES)
        """Every limit of the case, those of other instances and those met too."""
        self._assessment = ask(_ASSESSMENT)
        self._assignments = ask(_ASSIGNMENTS)
        self._cure = ask(_CURE)
        self._inquiries = ask(_INQUIRIES)
        self._parts = ask(_PARTS)
        self._findings = ask(_FINDINGS)
        self._decisions = ask(_DECISIONS)
        self._redress = ask(_REDRESS)
        self._approvals = ask(_APPROVALS)
        self._responses = ask(_RESPONSES)
        self._closure = ask(_CLOSURE) if case.closed_at else []
        self._thanks = ask(_THANKS) if case.kind == Kind.THANKS else []

    def state(self) -> CaseState:
        """What the answers make, after the round trip."""
        house = house_rules(self._case.entity_id, self._number[0][0])
        instances = tuple(self._instances)
        ours = [one for one in instances if one.kind not in Instance.OUTSIDE] or instances
        instance = next((one for one in reversed(ours) if one.closed_at is None), ours[-1])
        deadlines = tuple(
            one for one in self.deadlines if one.instance_id == instance.pk and one.state in _UNMET
        )
        response = next((one for one in self._responses if one.instance_id == instance.pk), None)
        awaits = any(one.state == Redress.State.AWAITING_APPROVAL for one in self._redress)
        return CaseState(
            case=self._case,
            house=house,
            instance=instance,
            instances=instances,
            mandate=_first(self._mandate),
            grievances=tuple(self._grievances),
            deadlines=deadlines,
            assessment=_first(self._assessment),
            handled_by=frozenset(
                one.holder_id
                for one in self._assignments
                if one.holder_id is not None and one.instance_id != instance.pk
            ),
            cure=_first(self._cure),
            inquiries=tuple(self._inquiries),
            parts=tuple(self._parts),
            findings=tuple(self._findings),
            decisions={
                one.grievance_id: one for one in self._decisions if one.instance_id == instance.pk
            },
            redress=tuple(self._redress),
            approvals=tuple(self._approvals) if awaits else (),
            response=response,
            letter=response.letter if response else None,
            closure=_first(self._closure),
            thanks=tuple(self._thanks),
            events=frozenset(
                event for deadline in deadlines for event in rule_of(deadline, house).events
            ),
        )


def case_state(case: Case) -> CaseState:
    """Read everything that the rules of a case ask about. One round trip."""
    with one_round_trip(case.pk) as ask:
        asked = AskedState(ask, case)
    return asked.state()


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


# ------------------------------------------------------------------ cases that belong together
def relation_between(case: Case, other: Case) -> CaseRelation | None:
    """That two cases have to do with each other, from whichever side it was said."""
    either = Q(case=case, other=other) | Q(case=other, other=case)
    return CaseRelation.objects.filter(either, ended_at=None).first()


def duties_met(case: Case) -> frozenset[str]:
    """The duties of a case that were done."""
    met = Deadline.objects.filter(case=case, state=Deadline.State.MET)
    return frozenset(met.values_list("duty", flat=True))


def cases_of_one_person_in(case: Case) -> list[int]:
    """The cases that go on in this one because they are of the same person, through any number of
    merges. For the house, which sees them all.
    """
    found: list[int] = []
    newest = [case.pk]
    while newest:
        merges = CaseMerge.objects.filter(kept__in=newest, undone_at=None, between_people=False)
        newest = list(merges.values_list("case", flat=True))
        found += newest
    return found


# ------------------------------------------------------------------ who somebody is
def last_identity_check(case: Case) -> IdentityCheck | None:
    """The newest code that was sent to show who somebody is."""
    found = IdentityCheck.objects.filter(case=case).select_related("letter__contact_point")
    return found.order_by("-at", "-pk").first()
