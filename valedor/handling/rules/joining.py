"""What stands against relating, merging and parting cases.

A pointer is cheap and moves nothing. A merge shuts one case, so it asks more: the other must have
come no later and owe its answer no later, or the person would lose time.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Deadline, Grievance, Instance
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import CaseMerge, CaseRelation, Redress
from valedor.handling.queries import PENDING_REDRESS, CaseState
from valedor.handling.rules.standing import may_handle, why_not_handle, why_not_here
from valedor.handling.rules.words import why_not_text

_UNSETTLED = PENDING_REDRESS | {Redress.State.OFFERED}


def why_not_relate(
    state: CaseState, viewer: Viewer, other: CaseState | None = None
) -> Refusal | None:
    """Closed cases too: an old one explains a new one."""
    if refusal := why_not_here(state, viewer) or _why_not_work(state, viewer):
        return refusal
    if other is None:
        return None
    return why_not_beside(state.case, other.case) or why_not_here(other, viewer)


def why_not_beside(case: Case, other: Case) -> Refusal | None:
    """Whether two cases can have to do with each other: asked before the other one is read."""
    if other.pk == case.pk:
        return Refusal("same_case", _("That is this case itself."))
    if other.entity_id != case.entity_id:
        return Refusal("other_entity", _("That case is one of another entity."))
    if other.seats != case.seats:
        return Refusal("beyond_the_wall", _("That case is not one of the same table."))
    return None


def why_not_end_relation(
    state: CaseState, viewer: Viewer, relation: CaseRelation
) -> Refusal | None:
    if refusal := why_not_here(state, viewer) or _why_not_work(state, viewer):
        return refusal
    if relation.ended_at is not None:
        return Refusal("already_ended", _("This was taken back already."))
    return None


def _why_not_work(state: CaseState, viewer: Viewer) -> Refusal | None:
    if not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    return None


def why_not_merge(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Whether a case can be one of the two of a merge at all."""
    if refusal := why_not_handle(state, viewer):
        return refusal
    if _reached_others(state):
        return Refusal(
            "beyond_the_wall",
            _("This case reached a body outside the company: it stays as it is. Relate the two."),
        )
    return None


def why_not_merge_into(
    state: CaseState,
    kept: CaseState,
    viewer: Viewer,
    *,
    met: frozenset[str],
    same_person: bool,
    between_people: bool,
    reason: str,
) -> Refusal | None:
    """What stands against letting a case go on in another one.

    ``met`` are the duties that the surviving case has met already.
    """
    refusal = (
        why_not_relate(state, viewer, kept)
        or why_not_merge(state, viewer)
        or why_not_merge(kept, viewer)
        or _why_not_alike(state, kept)
        or _why_not_begun(state)
        or _why_not_in_time(state, kept, met)
    )
    if refusal is not None:
        return refusal
    if not same_person and not between_people:
        return Refusal(
            "other_person",
            _("These cases are not of one person. Say how it is, or relate the two."),
        )
    if not reason.strip():
        return Refusal("reason_missing", _("Say how you know that the two are one matter."))
    return why_not_text(reason)


def _why_not_alike(state: CaseState, kept: CaseState) -> Refusal | None:
    if kept.case.received_at > state.case.received_at:
        return Refusal("later", _("The case that was received first stays: its limits run first."))
    if kept.case.kind != state.case.kind:
        return Refusal(
            "other_kind",
            _("The two are contacts of different kinds, with different limits. Relate them."),
        )
    if kept.case.is_protected != state.case.is_protected:
        return Refusal(
            "protected", _("One of the two is protected and the other is not. Protect both first.")
        )
    return None


def _why_not_begun(state: CaseState) -> Refusal | None:
    """What was promised or answered in the later case would be lost from sight."""
    if state.response is not None:
        return Refusal("answered", _("%(reference)s was answered already. Relate the two."),
                       {"reference": state.case.reference})  # fmt: skip
    if any(one.state in _UNSETTLED for one in state.redress):
        return Refusal(
            "redress_pending",
            _("Something was promised in %(reference)s and is not settled."),
            {"reference": state.case.reference},
        )
    if any(one.to == "area" for one in state.inquiries):
        return Refusal(
            "inquiry_open", _("An area has not answered yet. Withdraw the question first.")
        )
    return None


def _why_not_in_time(state: CaseState, kept: CaseState, met: frozenset[str]) -> Refusal | None:
    """No duty of the later case may end up with a later day, or with none."""
    for mine in state.deadlines:
        if mine.role == Deadline.Role.TARGET or mine.state == Deadline.State.MISSED:
            continue
        theirs = [one for one in kept.deadlines if one.duty == mine.duty]
        if mine.duty in met and not theirs:
            continue
        if not any(_is_no_later(one, mine) for one in theirs):
            return Refusal(
                "limit_sooner",
                _("A limit of %(reference)s ends sooner, or runs only there. Relate the two."),
                {"reference": state.case.reference},
            )
    return None


def _is_no_later(theirs: Deadline, mine: Deadline) -> bool:
    if theirs.state == Deadline.State.MISSED or mine.due_at is None:
        return True
    return theirs.due_at is not None and theirs.due_at <= mine.due_at


def _reached_others(state: CaseState) -> bool:
    own = {Instance.Kind.COMPANY, Instance.Kind.REVIEW}
    return any(one.kind not in own for one in state.instances)


def why_not_unmerge(kept: CaseState, viewer: Viewer, merge: CaseMerge) -> Refusal | None:
    """Asked of the surviving case, which may have ended meanwhile: the other one goes on then."""
    if merge.undone_at is not None:
        return Refusal("already_ended", _("This was taken back already."))
    return why_not_here(kept, viewer) or _why_not_work(kept, viewer)


def why_not_split(
    state: CaseState,
    viewer: Viewer,
    *,
    points: tuple[Grievance, ...] | None = None,
    words: int = 0,
    reason: str = "",
) -> Refusal | None:
    """Something is taken out and something stays. ``words`` counts the messages taken out.

    What was decided stays where it was decided.
    """
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.response is not None:
        return Refusal("answered_here", _("This case was answered. Register a new one instead."))
    if points is None:
        return None
    if not points and not words:
        return Refusal("nothing_taken", _("Choose what becomes a case of its own."))
    if any(one.pk in state.decisions for one in points):
        return Refusal("decided", _("A point that was decided stays in this case."))
    if points and len(points) >= len(state.grievances):
        return Refusal("nothing_left", _("One point at least stays in this case."))
    if not reason.strip():
        return Refusal("reason_missing", _("Say why it is a case of its own."))
    return why_not_text(reason)


def earliest(moments: tuple[datetime, ...], *, at: datetime) -> datetime:
    """From when the clocks of what was split off run: from its own first word."""
    return min((*moments, at))
