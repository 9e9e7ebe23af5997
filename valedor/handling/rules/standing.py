"""What every act on a case asks first: who may, and whether the case still goes on."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Entry
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.people.models import Mandate
from valedor.people.permissions import Permission

# Whoever may write down what the person says or sends.
TAKES_IN = frozenset({Permission.HANDLE, Permission.ANSWER_ENQUIRIES, Permission.REGISTER})


def why_not_here(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Whether this viewer has any business with the case.

    Erased contents and recusals stop everybody; what was merged is dealt with where it goes on.
    """
    if viewer.account is not None and state.case.entity_id not in viewer.entities:
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if state.case.erased_at is not None:
        return Refusal(
            "erased", _("The personal content of this case was erased; nothing can be added to it.")
        )
    if viewer.account_id in state.case.recused:
        return Refusal("recused", _("You take no part in this case: you are recused from it."))
    if state.case.merged_into_id is not None:
        if viewer.account is None:
            return Refusal("merged", _("This goes on in another case of yours: write to us there."))
        return Refusal(
            "merged", _("This case goes on in another one. Open that one, or take the merge back.")
        )
    return None


def why_not_open(state: CaseState) -> Refusal | None:
    """Whether the case still goes on."""
    if state.case.closed_at is not None:
        return Refusal("closed", _("This case is closed. It would have to be reopened first."))
    return None


def may_handle(state: CaseState, viewer: Viewer) -> bool:
    """Whether a role lets somebody handle this kind of contact."""
    return viewer.may(Permission.HANDLE) or (
        state.is_served_with_a_word and viewer.may(Permission.ANSWER_ENQUIRIES)
    )


def why_not_handle(state: CaseState, viewer: Viewer) -> Refusal | None:
    """What stands against any step of handling."""
    refusal = why_not_here(state, viewer)
    if refusal is None and not may_handle(state, viewer):
        refusal = Refusal("not_permitted", _("Your role does not let you handle this case."))
    return refusal or why_not_open(state)


def why_not_responsible(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Whether somebody answers for the case.

    Its holder, or whoever leads. Machinery answers for all.
    """
    if viewer.account is None or viewer.may(Permission.ASSIGN):
        return None
    if state.is_served_with_a_word:
        return None
    if state.case.holder_id is None:
        return Refusal(
            "nobody_responsible", _("Nobody is responsible for this case yet. Take it first.")
        )
    if state.case.holder_id != viewer.account_id:
        return Refusal(
            "not_responsible", _("Somebody else is responsible for this case. Take it over first.")
        )
    return None


def is_person(state: CaseState, viewer: Viewer) -> bool:
    """Whether it is the person whose case it is who looks, or somebody who speaks for them."""
    return viewer.case_id == state.case.pk


def why_not_for_person(
    state: CaseState, viewer: Viewer, *, actor: str = Entry.Actor.COMPLAINANT
) -> Refusal | None:
    """What stands against an act of the person: their own, or staff's who write down what they
    said.

    Somebody with a mandate to file and follow may not also accept, contest or withdraw.
    """
    if refusal := why_not_here(state, viewer):
        return refusal
    if is_person(state, viewer):
        speaks = actor == Entry.Actor.REPRESENTATIVE
        if speaks and state.mandate is not None and state.mandate.scope == Mandate.Scope.FILE:
            return Refusal(
                "mandate_too_narrow",
                _("Your mandate lets you file and follow this case, not decide about it."),
            )
        return None
    if not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    return None
