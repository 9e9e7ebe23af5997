"""Ask the ombudsman's office to let a step happen, and answer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.actions.accounts import renew_sign_in, write_account
from valedor.people.actions.roles import write_grant
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, masked, record_setting
from valedor.people.models import Account, OfficeRequest, Team
from valedor.people.queries import office_of, offices_held_by, roles_of

Step = OfficeRequest.Step


@transaction.atomic
def ask_office(
    step: str,
    account: Account,
    *,
    role: str = "",
    team: Team | None = None,
    email: str = "",
    by: Account | None,
    at: datetime,
    reason: str = "",
) -> OfficeRequest:
    """Ask for a role of the office, or for the sign-in or address of somebody who holds one.

    Asking twice is asking once: the open question is returned.
    """
    lock_settings()
    refuse_if(rules.why_not_ask_office(by=by, roles=roles_of(by)))
    if by is None:
        raise AssertionError("the rule refuses the console")
    if step == Step.GRANT_ROLE:
        refuse_if(rules.why_not_role_there(role, team=team, entities=()))
        refuse_if(rules.why_not_grant(account, role, by=by, held=roles_of(account)))
    known = OfficeRequest.objects.filter(
        step=step, account=account, role=role, team=team, email=email, answered_at=None
    ).first()
    if known is not None:
        return known
    request = OfficeRequest.objects.create(
        step=step,
        account=account,
        role=role,
        team=team,
        email=email,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    record_setting(
        Act.OFFICE_ASKED, account.username, after=_words(request), by=by, at=at, reason=reason
    )
    return request


@transaction.atomic
def answer_office(
    request: OfficeRequest, *, confirm: bool, by: Account, at: datetime, reason: str = ""
) -> str:
    """Say yes, and it is done in the same moment; or say no. A new sign-in returns its link."""
    lock_settings()
    request = OfficeRequest.objects.select_related("account", "team", "asked_by").get(pk=request.pk)
    refuse_if(
        rules.why_not_answer(
            request, by=by, roles=roles_of(by), office=office_for(request), confirm=confirm
        )
    )
    request.answered_by, request.answered_at, request.is_confirmed = by, at, confirm
    request.save(update_fields=["answered_by", "answered_at", "is_confirmed"])
    record_setting(
        Act.OFFICE_CONFIRMED if confirm else Act.OFFICE_DECLINED,
        request.account.username,
        after=_words(request),
        by=by,
        at=at,
        reason=reason,
    )
    return _carry_out(request, confirmed_by=by, at=at) if confirm else ""


def office_for(request: OfficeRequest) -> set[int]:
    """Who holds the office that this question is put to, the person concerned left out."""
    if request.team is not None:
        return office_of(request.team.entities.all(), without=request.account)
    return office_of(offices_held_by(request.account), without=request.account)


def _carry_out(request: OfficeRequest, *, confirmed_by: Account, at: datetime) -> str:
    account, by = request.account, request.asked_by
    if request.step == Step.RESET_SIGN_IN:
        return renew_sign_in(account, by=by, at=at, reason=request.reason)
    if request.step == Step.CHANGE_EMAIL:
        write_account(account, {"email": request.email}, by=by, at=at, reason=request.reason)
        return ""
    refuse_if(rules.why_not_role_there(request.role, team=request.team, entities=()))
    refuse_if(rules.why_not_grant(account, request.role, by=by, held=roles_of(account)))
    write_grant(
        account,
        request.role,
        team=request.team,
        by=by,
        confirmed_by=confirmed_by,
        at=at,
        reason=request.reason,
    )
    return ""


def _words(request: OfficeRequest) -> dict[str, Any]:
    words: dict[str, Any] = {"step": request.step}
    if request.role:
        words |= {"role": request.role, "team": request.team}
    if request.email:
        words["email"] = masked(request.email)
    return words
