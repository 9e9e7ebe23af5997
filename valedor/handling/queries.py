"""What the rules of handling need to know of a case, read in few queries, and reads shaped for its
page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import Case, Deadline, Grievance, Instance, Kind, Letter, Stage
from valedor.handling.models import (
    Approval,
    Assessment,
    Assignment,
    CasePart,
    Closure,
    CureRequest,
    Decision,
    Finding,
    Inquiry,
    Redress,
    Response,
)
from valedor.people.models import Mandate
from valedor.procedures.house_rules import HouseRules, house_rules

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


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """A case with everything that its rules ask about, fetched once.

    ``instance`` is the one that deals with the case now; decisions, response and deadlines are its
    own.
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
    events: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_served_with_a_word(self) -> bool:
        """Whether a contact of this kind is answered without decisions."""
        return self.case.kind in SERVED_WITH_A_WORD

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


def case_state(case: Case) -> CaseState:
    """Read everything that the rules of a case ask about."""
    house = house_rules(case.entity_id)
    instances = tuple(Instance.objects.filter(case=case).order_by("ordinal"))
    instance = next((one for one in reversed(instances) if one.closed_at is None), instances[-1])
    deadlines = tuple(
        Deadline.objects.filter(
            case=case,
            instance=instance,
            state__in=["running", "paused", "held", "missed"],
        ).order_by("due_at", "pk")
    )
    decisions = Decision.objects.filter(case=case, instance=instance, replaced_at=None)
    response = (
        Response.objects.filter(case=case, instance=instance, replaced_at=None, failed_at=None)
        .select_related("letter")
        .order_by("-at", "-pk")
        .first()
    )
    redress = tuple(Redress.objects.filter(case=case).order_by("at", "pk"))
    return CaseState(
        case=case,
        house=house,
        instance=instance,
        instances=instances,
        mandate=Mandate.objects.filter(pk=case.mandate_id).first() if case.mandate_id else None,
        grievances=tuple(
            Grievance.objects.filter(case=case, withdrawn_at=None).order_by("ordinal")
        ),
        deadlines=deadlines,
        assessment=Assessment.objects.filter(case=case).order_by("-at", "-pk").first(),
        handled_by=frozenset(
            Assignment.objects.filter(case=case)
            .exclude(instance=instance)
            .exclude(holder=None)
            .values_list("holder", flat=True)
        ),
        cure=CureRequest.objects.filter(case=case, cured_at=None).order_by("-at").first(),
        inquiries=tuple(
            Inquiry.objects.filter(case=case, answered_at=None, withdrawn_at=None).order_by("at")
        ),
        parts=tuple(CasePart.objects.filter(case=case).order_by("at")),
        findings=tuple(Finding.objects.filter(case=case, withdrawn_at=None).order_by("at", "pk")),
        decisions={decision.grievance_id: decision for decision in decisions},
        redress=redress,
        approvals=_open_approvals(case, redress),
        response=response,
        letter=response.letter if response else None,
        closure=Closure.objects.filter(case=case, undone_at=None).order_by("-at").first()
        if case.closed_at
        else None,
        events=frozenset(
            event for deadline in deadlines for event in rule_of(deadline, house).events
        ),
    )


def _open_approvals(case: Case, redress: Sequence[Redress]) -> tuple[Approval, ...]:
    if not any(one.state == Redress.State.AWAITING_APPROVAL for one in redress):
        return ()
    return tuple(Approval.objects.filter(case=case, given=None).order_by("asked_at"))
