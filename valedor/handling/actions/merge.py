"""Let a case go on in another one about the same matter, and take it back.

Nothing moves: each keeps its reference, its timeline and its documents. What is said to the merged
one from here on reaches the other, whose limits are the earlier ones.
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Grievance, Instance, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.facts import GoesOnAgain, GoesOnIn, LetGo, MergeExplained, TookIn
from valedor.handling.models import Alarm, CaseMerge, Closure, Decision
from valedor.handling.queries import CaseState, case_state, duties_met
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.actions.merge_persons import merge_persons, record_that_counts, same_person
from valedor.people.models import Person


@as_the_company
def merge(
    case: Case,
    *,
    into: Case,
    reason: str,
    by: By,
    at: datetime,
    is_one_person: bool = False,
    between_people: bool = False,
) -> CaseMerge:
    """``case`` goes on in ``into``, which was received no later. Raises ``Refused``.

    ``is_one_person`` says that two records of the complainant are one, with the same reason;
    ``between_people`` that they are two people who agreed that each reads what the other wrote.
    """
    refuse_if(rules.why_not_beside(case, into))
    case, kept = locked(case), locked(into)
    state, other = case_state(case), case_state(kept)
    joins_records = is_one_person and _are_two_records(case, kept)
    refuse_if(
        rules.why_not_merge_into(
            state,
            other,
            viewer_for(case, by),
            met=duties_met(kept),
            same_person=joins_records or _is_same(state, other),
            between_people=between_people,
            reason=reason,
        )
    )
    if joins_records and case.complainant and kept.complainant and by.account:
        merge_persons(
            record_that_counts(kept.complainant),
            absorbed=record_that_counts(case.complainant),
            reason=reason,
            by=by.account,
            at=at,
        )
    points = _copy_points(state, other, at=at)
    made = CaseMerge.objects.create(
        case=case,
        entity_id=case.entity_id,
        kept=kept,
        reason=reason,
        between_people=between_people and not _is_same(state, other),
        stopped=[one.pk for one in state.deadlines if one.state != Deadline.State.MISSED],
        points=[one.pk for one in points],
        by=by.account,
        at=at,
    )
    _shut(state, kept, by=by, at=at, reason=reason)
    fact = GoesOnIn(merge=made.pk, reference=kept.reference)
    timeline.record(case, fact, by=by, at=at)
    took = TookIn(merge=made.pk, reference=case.reference, points=len(points))
    timeline.record(kept, took, by=by, at=at)
    explained = MergeExplained(merge=made.pk, between_people=made.between_people)
    timeline.record(kept, explained, by=by, at=at, body=reason)
    if by.account_id != kept.holder_id:
        raise_alarm(kept, Alarm.Cause.PERSON_WROTE, at=at)
    return made


@as_the_company
def unmerge(case: Case, *, merge: CaseMerge, by: By, at: datetime, reason: str = "") -> CaseMerge:
    """The case goes on by itself again, its limits counted as if nothing had been. Raises
    ``Refused``.

    What was written to the surviving case meanwhile stays there.
    """
    case, kept = locked(case), locked(merge.kept)
    row = CaseMerge.objects.get(pk=merge.pk)
    refuse_if(rules.why_not_unmerge(case_state(kept), viewer_for(kept, by), row))
    row.undone_by, row.undone_at = by.account, at
    row.save(update_fields=["undone_by", "undone_at"])
    Closure.objects.filter(
        case=case, reason=Closure.Reason.MERGED, undone_at=None
    ).update(undone_at=at)  # fmt: skip
    Instance.objects.filter(case=case, closed_at=row.at).update(closed_at=None)
    Case.objects.filter(pk=case.pk).update(merged_into=None)
    case.merged_into = None
    move_to(case, case_state(case).resting_stage, at=at)  # Its closure counts no more.
    limits.take_up(case, row.stopped, by=by, at=at, reason=reason)
    timeline.record(case, GoesOnAgain(merge=row.pk, reference=kept.reference), by=by, at=at)
    decided = Decision.objects.filter(grievance__in=row.points).values("grievance")
    Grievance.objects.filter(pk__in=row.points, withdrawn_at=None).exclude(pk__in=decided).update(
        withdrawn_at=at
    )
    if row.between_people:
        # Whoever came in by the other case's keys sees this one no more.
        Case.objects.filter(pk=kept.pk).update(links_valid_from=at)
    timeline.record(kept, LetGo(merge=row.pk, reference=case.reference), by=by, at=at)
    explained = MergeExplained(merge=row.pk, between_people=row.between_people)
    timeline.record(kept, explained, by=by, at=at, body=reason)
    raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    return row


def _shut(state: CaseState, kept: Case, *, by: By, at: datetime, reason: str) -> None:
    case = state.case
    Closure.objects.create(
        case=case,
        entity_id=case.entity_id,
        reason=Closure.Reason.MERGED,
        note=reason,
        by=by.account,
        at=at,
    )
    Instance.objects.filter(case=case, closed_at=None).update(closed_at=at)
    move_to(case, Stage.CLOSED, at=at)
    Case.objects.filter(pk=case.pk).update(merged_into=kept)
    case.merged_into = kept
    still = {one.duty for one in state.deadlines if one.state != Deadline.State.MISSED}
    for duty in sorted(still):
        limits.drop(case, duty, by=by, at=at, reason=kept.reference)
    settle_alarms(case, *Alarm.Cause, at=at)


def _copy_points(state: CaseState, kept: CaseState, *, at: datetime) -> list[Grievance]:
    """The points that only the merged case has, so that each is decided."""
    known = {_folded(point.text) for point in kept.grievances}
    last = Grievance.objects.filter(case=kept.case).order_by("-ordinal").first()
    ordinal = last.ordinal if last else 0
    made = []
    for point in state.grievances:
        if _folded(point.text) in known:
            continue
        ordinal += 1
        made.append(
            Grievance.objects.create(
                case=kept.case,
                entity_id=kept.case.entity_id,
                ordinal=ordinal,
                text=point.text,
                category_id=point.category_id,
                added_at=at,
            )
        )
    return made


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")


def _is_same(state: CaseState, kept: CaseState) -> bool:
    """Whether both cases are of one person, and the same one speaks for them in both."""
    mine, theirs = state.case.complainant, kept.case.complainant
    speaks = state.mandate.representative_id if state.mandate else None
    speaks_there = kept.mandate.representative_id if kept.mandate else None
    if mine is None or theirs is None or speaks != speaks_there:
        return False
    return theirs.pk in same_person(mine)


def _are_two_records(case: Case, kept: Case) -> bool:
    mine: Person | None = case.complainant
    theirs: Person | None = kept.complainant
    if mine is None or theirs is None or case.mandate_id or kept.mandate_id:
        return False
    return theirs.pk not in same_person(mine)
