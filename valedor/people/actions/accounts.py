"""Add people of the staff, change them, and take their sign-in away or make it anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, masked, plain, record_setting
from valedor.people.models import Account, Role, RoleGrant
from valedor.people.queries import offices_held_by, other_administrators, roles_of
from valedor.people.second_factor import remove_second_factors
from valedor.people.sign_in import forget_addresses, one_time_link


class AccountFields(TypedDict, total=False):
    """What administrators say of somebody of the staff."""

    name: str
    email: str
    telephone: str
    language: str
    languages: Sequence[str]
    competences: Sequence[str]
    most_open_cases: int
    hours: Sequence[str]


@transaction.atomic
def add_account(
    username: str, *, by: Account | None, at: datetime, **fields: Unpack[AccountFields]
) -> Account:
    """Add somebody of the staff, who cannot sign in before they chose a password themselves."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_username(username))
    if Account.objects.filter(username=username).exists():
        raise Refused(
            Refusal("username_taken", _("“%(name)s” signs in already."), {"name": username})
        )
    _refuse_bad_fields(None, fields)
    account = Account.objects.create_account(
        **{"username": username, "name": username, **fields}  # type: ignore[arg-type]
    )
    record_setting(Act.ACCOUNT_ADDED, username, after=_as_logged(fields), by=by, at=at)
    return account


@transaction.atomic
def change_account(
    account: Account, *, by: Account | None, at: datetime, **fields: Unpack[AccountFields]
) -> bool:
    """Change what is said of somebody; False when all of it is so already."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    account = Account.objects.get(pk=account.pk)
    _refuse_bad_fields(account, fields)
    if fields.get("email", account.email) != account.email:
        holds_office = bool(offices_held_by(account))
        refuse_if(rules.why_not_touch_sign_in(holds_office=holds_office))
    return write_account(account, dict(fields), by=by, at=at)


def write_account(
    account: Account, fields: dict[str, Any], *, by: Account | None, at: datetime, reason: str = ""
) -> bool:
    """Write and record what differs. Whoever calls has asked the rules."""
    changed = {
        name: value
        for name, value in fields.items()
        if plain(getattr(account, name)) != plain(value)
    }
    if not changed:
        return False
    before = _as_logged({name: getattr(account, name) for name in changed})
    for name, value in changed.items():
        setattr(account, name, list(value) if isinstance(value, tuple) else value)
    account.save(update_fields=list(changed))
    if "email" in changed:
        forget_addresses(account)
    record_setting(
        Act.ACCOUNT_CHANGED,
        account.username,
        before=before,
        after=_as_logged(changed),
        by=by,
        at=at,
        reason=reason,
    )
    return True


@transaction.atomic
def deactivate_account(
    account: Account, *, by: Account | None, at: datetime, reason: str = ""
) -> None:
    """Take somebody's sign-in away at once and end their roles. What they did stays theirs."""
    lock_settings()
    roles = roles_of(account)
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(
        rules.why_not_give_up(
            is_administrator=Role.ADMINISTRATOR in roles, others=other_administrators(account)
        )
    )
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        return
    RoleGrant.objects.filter(account=account, ended_at=None).update(ended_at=at)
    record_setting(
        Act.ACCOUNT_DEACTIVATED,
        account.username,
        before={"is_active": True, "roles": sorted(roles)},
        after={"is_active": False, "roles": []},
        by=by,
        at=at,
        reason=reason,
    )


@transaction.atomic
def reactivate_account(
    account: Account, *, by: Account | None, at: datetime, reason: str = ""
) -> None:
    """Give somebody their sign-in back; their roles are granted anew."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    if not Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        return
    record_setting(
        Act.ACCOUNT_REACTIVATED,
        account.username,
        before={"is_active": False},
        after={"is_active": True},
        by=by,
        at=at,
        reason=reason,
    )


@transaction.atomic
def reset_sign_in(account: Account, *, by: Account | None, at: datetime, reason: str = "") -> str:
    """Make a one-time link for somebody new, or for whoever lost password or telephone.

    The old password and second factor stop working at once, and every session with them.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    account = Account.objects.get(pk=account.pk)
    refuse_if(rules.why_not_touch_sign_in(holds_office=bool(offices_held_by(account))))
    return renew_sign_in(account, by=by, at=at, reason=reason)


def renew_sign_in(account: Account, *, by: Account | None, at: datetime, reason: str = "") -> str:
    """Do it and record it. Whoever calls has asked the rules."""
    if not account.is_active:
        raise Refused(Refusal("account_inactive", _("This person cannot sign in any more.")))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    remove_second_factors(account)
    record_setting(Act.SIGN_IN_RESET, account.username, by=by, at=at, reason=reason)
    return one_time_link(account)


def _refuse_bad_fields(account: Account | None, fields: AccountFields) -> None:
    if "name" in fields and not fields["name"].strip():
        raise Refused(Refusal("no_name", _("Somebody of the staff has a name.")))
    for language in (*fields.get("languages", ()), fields.get("language", "en")):
        refuse_if(rules.why_not_languages([language], language))
    refuse_if(rules.why_not_telephone(fields.get("telephone", "")))
    for line in fields.get("hours", ()):
        refuse_if(rules.why_not_hours(line))
    email = fields.get("email", "")
    taken = Account.objects.filter(email__iexact=email)
    if account is not None:
        taken = taken.exclude(pk=account.pk)
    if email and taken.exists():
        raise Refused(
            Refusal("email_taken", _("Somebody else of the staff has this e-mail address."))
        )


def _as_logged(fields: Any) -> dict[str, Any]:
    """The log keeps everything for ever: of addresses and numbers only that they changed."""
    told = dict(fields)
    if "email" in told:
        told["email"] = masked(told["email"])
    if told.get("telephone"):
        told["telephone"] = f"{told['telephone'][:3]}…"
    return told
