"""Notes, messages, questions, documents."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Document
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import Inquiry
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import (
    TAKES_IN,
    is_person,
    why_not_handle,
    why_not_here,
)
from valedor.people.permissions import Permission

LONGEST = (
    100_000  # Characters of one text: what a form and a mail can carry without choking a page.
)


def why_not_text(text: str | None) -> Refusal | None:
    """Whether a text can be written down. None: the button asks, nothing is typed yet."""
    if text is None:
        return None
    if not text.strip():
        return Refusal("empty", _("Write something first."))
    if len(text) > LONGEST:
        return Refusal(
            "too_long",
            _(
                "The text has %(length)s characters; %(most)s are the most. Attach it as a "
                "document."
            ),
            {"length": len(text), "most": LONGEST},
        )
    return None


def why_not_write_note(
    state: CaseState, viewer: Viewer, *, text: str | None = None
) -> Refusal | None:
    """A note may follow a closed case too."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.permissions & {
        Permission.HANDLE,
        Permission.ANSWER_ENQUIRIES,
        Permission.APPROVE,
    }:
        return Refusal("not_permitted", _("Your role does not let you write notes."))
    return why_not_text(text)


def why_not_send_message(
    state: CaseState, viewer: Viewer, *, text: str | None = None
) -> Refusal | None:
    """Whoever answers the telephone may write to the person too, and after the end as well."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}:
        return Refusal("not_permitted", _("Your role does not let you write to the person."))
    if state.case.complainant_id is None:
        return Refusal(
            "nobody_to_write_to", _("This case is anonymous: there is nobody to write to.")
        )
    return why_not_text(text)


def why_not_receive_message(
    state: CaseState, viewer: Viewer, *, text: str | None = None
) -> Refusal | None:
    """What the person says is always taken, after the end too; staff may write down a call."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not is_person(state, viewer) and not viewer.permissions & TAKES_IN:
        return Refusal("not_permitted", _("Your role does not let you do this."))
    return why_not_text(text)


def why_not_ask(state: CaseState, viewer: Viewer, *, text: str | None = None) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if state.case.complainant_id is None:
        return Refusal("nobody_to_write_to", _("This case is anonymous: there is nobody to ask."))
    return why_not_text(text)


def why_not_ask_area(
    state: CaseState, viewer: Viewer, *, text: str | None = None, area_id: int | None = None
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if area_id is not None and any(one.area_id == area_id for one in state.inquiries):
        return Refusal("already_asked", _("This area has not answered the last question yet."))
    return why_not_text(text)


def why_not_answer_inquiry(
    viewer: Viewer, inquiry: Inquiry, *, text: str | None = None
) -> Refusal | None:
    """An area answers what it was asked; whoever handles may write down what it said."""
    if inquiry.to != Inquiry.To.AREA or inquiry.area is None:
        return Refusal("not_for_an_area", _("This question was not put to an area."))
    of_area = viewer.may(Permission.ANSWER_AS_AREA) and inquiry.area.team_id in viewer.teams
    if not of_area and not viewer.may(Permission.HANDLE):
        return Refusal("not_permitted", _("This question was put to another area."))
    if viewer.account_id in inquiry.case.recused:
        return Refusal("recused", _("You take no part in this case: you are recused from it."))
    if inquiry.withdrawn_at is not None:
        return Refusal("withdrawn", _("This question needs no answer any more."))
    if inquiry.answered_at is not None:
        return Refusal("already_answered", _("This question has already been answered."))
    return why_not_text(text)


def why_not_withdraw_question(state: CaseState, viewer: Viewer, inquiry: Inquiry) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if inquiry.answered_at is not None or inquiry.withdrawn_at is not None:
        return Refusal("not_waiting", _("This question waits for no answer."))
    return None


def why_not_add_document(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Evidence is taken from the person at any time.

    Staff add while the case is open or after it.
    """
    if is_person(state, viewer):
        return why_not_here(state, viewer)
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}:
        return Refusal("not_permitted", _("Your role does not let you add documents."))
    return None


def why_not_in_mediation(state: CaseState) -> Refusal | None:
    """What is handed over for a mediation alone needs one that goes on."""
    if state.is_in_mediation:
        return None
    return Refusal("no_mediation", _("No mediation goes on: hand it over without that mark."))


def why_not_judge_document(state: CaseState, viewer: Viewer, document: Document) -> Refusal | None:
    """Whoever answers for a team decides whether a quarantined document does harm."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.may(Permission.ASSIGN):
        return Refusal(
            "not_permitted", _("Your role does not let you decide on documents in quarantine.")
        )
    if not document.is_quarantined:
        return Refusal("not_quarantined", _("This document is not in quarantine."))
    return None


def why_not_keep_draft(state: CaseState, viewer: Viewer) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if viewer.account is None:
        return Refusal("not_permitted", _("Drafts belong to members of the staff."))
    return None
