"""Findings, decisions and redress."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Grievance
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import Approval, Decision, Finding, Redress
from valedor.handling.queries import CaseState
from valedor.handling.rules.assessment import why_not_move_on
from valedor.handling.rules.standing import (
    is_person,
    why_not_for_person,
    why_not_handle,
    why_not_here,
    why_not_open,
    why_not_responsible,
)
from valedor.handling.rules.words import why_not_text
from valedor.people.permissions import Permission
from valedor.procedures.models import RedressOption


def why_not_find(
    state: CaseState,
    viewer: Viewer,
    *,
    text: str | None = None,
    evidence: int | None = None,
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer) or why_not_text(text):
        return refusal
    if evidence == 0:
        return Refusal(
            "no_evidence", _("Name what shows it: a document, or a line of the timeline.")
        )
    return None


def why_not_withdraw_finding(
    state: CaseState, viewer: Viewer, finding: Finding, *, reason: str | None = None
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if finding.withdrawn_at is not None:
        return Refusal("already_withdrawn", _("This finding was already withdrawn."))
    return why_not_text(reason)


def why_not_decide(
    state: CaseState,
    viewer: Viewer,
    *,
    grievance: Grievance | None = None,
    outcome: str | None = None,
    reasons: str | None = None,
    grounds: str = "",
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer) or why_not_responsible(state, viewer):
        return refusal
    if refusal := why_not_move_on(state):
        return refusal
    if state.assessment is None and not state.is_served_with_a_word:
        return Refusal("not_assessed", _("Assess this case first."))
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if grievance is not None and grievance.pk not in {point.pk for point in state.grievances}:
        return Refusal("not_of_case", _("This point is not, or not any more, one of the case."))
    if reasons is not None and not reasons.strip():
        return Refusal("reasons_missing", _("Give the reasons of the decision."))
    refused = {Decision.Outcome.NOT_UPHELD, Decision.Outcome.INADMISSIBLE}
    if outcome in refused and not grounds.strip():
        return Refusal(
            "grounds_missing",
            _("Name the contract term, rule or good practice on which it is not upheld."),
        )
    return None


def authority_of(state: CaseState, viewer: Viewer) -> Decimal | None:
    """Up to which amount a viewer may promise alone; none where the entity has set no limits."""
    limits = state.house.authority
    if not limits or viewer.account is None:
        return None
    own = [limits[role].amount for role in viewer.roles if role in limits]
    return max(own, default=Decimal(0))


def needs_approval(state: CaseState, viewer: Viewer, amount: Decimal | None) -> bool:
    """Whether an approver has to say yes to this amount."""
    authority = authority_of(state, viewer)
    return amount is not None and authority is not None and amount > authority


def why_not_offer_redress(
    state: CaseState,
    viewer: Viewer,
    *,
    option: RedressOption | None = None,
    amount: Decimal | None = None,
    currency: str = "",
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer) or why_not_responsible(state, viewer):
        return refusal
    if refusal := why_not_move_on(state):
        return refusal
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if not state.house.redress_options:
        return Refusal("no_catalogue", _("The catalogue of redress is empty."))
    if option is None:
        return None
    if option.pk not in {one.pk for one in state.house.redress_options}:
        return Refusal("not_in_catalogue", _("This is not, or not any more, in the catalogue."))
    if option.has_amount and (amount is None or amount <= 0 or not currency):
        return Refusal("amount_missing", _("Say how much, and in which currency."))
    if not option.has_amount and amount is not None:
        return Refusal("no_amount_here", _("This kind of redress has no amount."))
    return None


def why_not_approve_redress(
    state: CaseState,
    viewer: Viewer,
    redress: Redress,
    approval: Approval | None,
    *,
    reason: str | None = None,
) -> Refusal | None:
    """Two pairs of eyes.

    Nobody approves what they asked for themselves, nor above their own limit.
    """
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.may(Permission.APPROVE):
        return Refusal("not_permitted", _("Only an approver decides on this."))
    if redress.state != Redress.State.AWAITING_APPROVAL or approval is None:
        return Refusal("not_waiting", _("This waits for no approval."))
    if approval.asked_by_id == viewer.account_id:
        return Refusal("own_request", _("Nobody approves what they asked for themselves."))
    if redress.amount is not None and "approver" in state.house.authority:
        authority = authority_of(state, viewer)
        if authority is not None and redress.amount > authority:
            return Refusal("above_authority", _("The amount is above your own authority."))
    if reason is not None and not reason.strip():
        return Refusal("reason_missing", _("Say why not."))
    return why_not_open(state)


def why_not_withdraw_redress(
    state: CaseState, viewer: Viewer, redress: Redress, *, reason: str | None = None
) -> Refusal | None:
    """What was promised is kept: only what the person has not been offered can be withdrawn."""
    if refusal := why_not_handle(state, viewer) or why_not_responsible(state, viewer):
        return refusal
    if redress.state not in {Redress.State.APPROVED, Redress.State.AWAITING_APPROVAL}:
        return Refusal("already_offered", _("This was already offered or settled."))
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    return why_not_text(reason)


def why_not_settle_redress(state: CaseState, viewer: Viewer, redress: Redress) -> Refusal | None:
    """Accepting or declining what was offered."""
    if refusal := why_not_for_person(state, viewer):
        return refusal
    if redress.state != Redress.State.OFFERED:
        return Refusal("not_offered", _("This was not offered, or is already settled."))
    return why_not_open(state)


def why_not_carry_out_redress(
    state: CaseState,
    viewer: Viewer,
    redress: Redress,
    *,
    proved: bool | None = None,
) -> Refusal | None:
    """``proved``: whether a document or a written proof came along. None: the button asks."""
    if is_person(state, viewer):
        return Refusal("not_permitted", _("Only the organisation carries out what it promised."))
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.may(Permission.HANDLE):
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if redress.state == Redress.State.CARRIED_OUT:
        return Refusal("already_carried_out", _("This has already been carried out."))
    if redress.state != Redress.State.ACCEPTED:
        return Refusal("not_agreed", _("This is not agreed yet."))
    if proved is False and redress.needs_proof:
        return Refusal("proof_missing", _("Add the proof: a document, or its reference in words."))
    return None
