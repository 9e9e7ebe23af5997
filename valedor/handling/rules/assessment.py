"""Completing, assessing and giving out a case."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Stage
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import CasePart
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import (
    TAKES_IN,
    is_person,
    why_not_handle,
    why_not_here,
    why_not_open,
)
from valedor.people.permissions import Permission


def why_not_request_cure(
    state: CaseState, viewer: Viewer, *, missing: Collection[str] | None = None
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.cure is not None and state.cure.lapsed_at is None:
        return Refusal("already_asked", _("The person has already been asked to complete this."))
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if missing is not None and not missing:
        return Refusal("nothing_missing", _("Say what is missing."))
    return None


def why_not_cure(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Late completion is welcome: nothing was closed meanwhile.

    The person sends what was missing, or whoever takes in what people bring writes it down.
    """
    if refusal := why_not_here(state, viewer) or why_not_open(state):
        return refusal
    if not is_person(state, viewer) and not viewer.permissions & TAKES_IN:
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if state.cure is None:
        return Refusal("nothing_asked", _("Nothing is missing."))
    return None


def why_not_assess(
    state: CaseState,
    viewer: Viewer,
    *,
    admissible: bool = True,
    ground: str = "",
    reasons: str = "",
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.case.is_marked_abuse:
        return Refusal(
            "marked_abuse", _("This case is marked as possible abuse. Look at the mark first.")
        )
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if not admissible and not (ground and reasons.strip()):
        return Refusal(
            "ground_missing",
            _("Name the ground on which the case is not admitted, and the reasons."),
        )
    return None


def why_not_assign(state: CaseState, viewer: Viewer) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.may(Permission.ASSIGN):
        return Refusal("not_permitted", _("Only whoever leads a team assigns cases."))
    return why_not_open(state)


def why_not_take(state: CaseState, viewer: Viewer) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.case.holder_id == viewer.account_id:
        return Refusal("already_yours", _("You are already responsible for this case."))
    if viewer.account_id in state.handled_by:
        return Refusal(
            "handled_before", _("Whoever handled a case before does not take the second look.")
        )
    if state.case.holder_id is not None and not viewer.may(Permission.ASSIGN):
        return Refusal(
            "held",
            _(
                "Somebody else is responsible for this case. Ask them or their lead to hand it "
                "over."
            ),
        )
    return None


def why_not_hand_over(
    state: CaseState, viewer: Viewer, *, reason: str | None = None
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.case.holder_id is None:
        return Refusal("nobody_responsible", _("Nobody is responsible for this case yet."))
    if state.case.holder_id != viewer.account_id and not viewer.may(Permission.ASSIGN):
        return Refusal("not_responsible", _("Only whoever is responsible hands a case over."))
    if reason is not None and not reason.strip():
        return Refusal("reason_missing", _("Say why you hand it over."))
    return None


def why_not_recuse(
    state: CaseState,
    viewer: Viewer,
    *,
    account_id: int | None = None,
    reason: str | None = None,
) -> Refusal | None:
    """Anybody recuses themselves; a lead recuses others."""
    if refusal := why_not_here(state, viewer) or why_not_open(state):
        return refusal
    if not viewer.permissions & {
        Permission.HANDLE,
        Permission.ANSWER_ENQUIRIES,
        Permission.APPROVE,
    }:
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if account_id is not None:
        if account_id != viewer.account_id and not viewer.may(Permission.ASSIGN):
            return Refusal("not_permitted", _("Only whoever leads a team recuses somebody else."))
        if account_id in state.case.recused:
            return Refusal("already_recused", _("They are already recused from this case."))
    if reason is not None and not reason.strip():
        return Refusal("reason_missing", _("Say what ties them to the case."))
    return None


def why_not_lift_recusal(state: CaseState, viewer: Viewer, *, account_id: int) -> Refusal | None:
    if refusal := why_not_assign(state, viewer):
        return refusal
    if account_id == viewer.account_id:
        return Refusal("own_recusal", _("Nobody lifts their own recusal."))
    if account_id not in state.case.recused:
        return Refusal("not_recused", _("They are not recused from this case."))
    return None


def why_not_give_part(
    state: CaseState, viewer: Viewer, *, member_id: int | None = None, task: str | None = None
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.case.difficulty != Case.Difficulty.COMPLEX:
        return Refusal("not_complex", _("Only a case assessed as complex is split into parts."))
    if state.case.holder_id != viewer.account_id and not viewer.may(Permission.ASSIGN):
        return Refusal("not_responsible", _("Only whoever is responsible gives out parts."))
    if member_id is not None and member_id in state.case.recused:
        return Refusal("member_recused", _("They are recused from this case."))
    if task is not None and not task.strip():
        return Refusal("task_missing", _("Say what they are to do."))
    return None


def why_not_finish_part(state: CaseState, viewer: Viewer, part: CasePart) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if part.done_at is not None:
        return Refusal("already_done", _("This part is already finished."))
    if part.member_id != viewer.account_id and state.case.holder_id != viewer.account_id:
        return Refusal("not_yours", _("This part was given to somebody else."))
    return None


def why_not_clear_mark(state: CaseState, viewer: Viewer) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if not (viewer.may(Permission.HANDLE) or viewer.may(Permission.ANSWER_ENQUIRIES)):
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if not state.case.is_marked_abuse:
        return Refusal("not_marked", _("This case carries no mark."))
    return why_not_open(state)


def why_not_move_on(state: CaseState) -> Refusal | None:
    """What stands against work on the substance: a case that lacks something is completed first."""
    cure = state.cure
    if state.case.stage == Stage.INCOMPLETE and cure is not None and cure.lapsed_at is None:
        return Refusal("incomplete", _("Missing details have been asked for; wait for them."))
    return None


def no_team() -> Refusal:
    """There is nobody to give a case to."""
    return Refusal("no_team", _("No team serves this entity yet. Set one up first."))


def not_eligible(name: str, against: Refusal) -> Refusal:
    """What stands against giving a case to somebody, with its code."""
    return Refusal(
        against.code,
        _("This case cannot go to %(name)s: %(ground)s."),
        {"name": name, "ground": against.sentence},
    )
