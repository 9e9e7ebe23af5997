"""Tokens of programs: issued once, revoked for good, found by their digest.

Some act as a person.
"""

import hmac
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from valedor.casefile import viewing as casefile_viewing
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account, Entity
from valedor.people.permissions import OFFICE_ROLES, Permission
from valedor.people.queries import roles_of
from valedor.people.rules import why_not_administer
from valedor.programs.models import ApiToken

PREFIX = "valedor_"
_USE_NOTED_EVERY = timedelta(hours=1)


OF_PROGRAMS = frozenset({ApiToken.Scope.REGISTER, ApiToken.Scope.READ, ApiToken.Scope.WRITE})
OF_PERSONS = frozenset({ApiToken.Scope.REGISTER, ApiToken.Scope.READ, ApiToken.Scope.ACT})
"""Whoever is a person writes as that person: by an act, never by ``cases:write``."""
ACTS_FOR = timedelta(days=90)
"""How long a token acts as somebody, unless said otherwise."""
ACTS_AT_MOST = timedelta(days=366)


@transaction.atomic
def issue_token(
    name: str,
    entity: Entity,
    scopes: Sequence[str],
    *,
    account: Account | None = None,
    lasts: timedelta | None = None,
    by: Account | None,
    at: datetime,
) -> str:
    """Make a token; it is returned here and never again. Raises ``Refused``.

    With an ``account`` it acts as that member of the staff, for ``lasts`` or ninety days. ``by`` is
    None for whoever sits at the console; anybody else makes none that may more than they may.
    """
    refuse_if(why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(_why_not_named(name) or _why_not_scopes(scopes, account))
    if by is not None:
        refuse_if(why_not_more(by, entity, scopes, account))
    if account is not None:
        lasts = ACTS_FOR if lasts is None else lasts
        refuse_if(_why_not_as(account, entity, lasts))
    return _made(name, entity, scopes, account=account, lasts=lasts, by=by, at=at)


@transaction.atomic
def issue_own_token(
    name: str, entity: Entity, *, lasts: timedelta = ACTS_FOR, by: Account, at: datetime
) -> str:
    """Somebody of the ombudsman's office makes a token that acts as they do. Nobody else makes one
    for them, neither an administrator nor whoever sits at the console: it would be a way through
    the wall. Raises ``Refused``.
    """
    refuse_if(_why_not_named(name) or _why_not_in_the_office(by, entity, lasts))
    return _made(name, entity, [ApiToken.Scope.ACT], account=by, lasts=lasts, by=by, at=at)


def _why_not_in_the_office(account: Account, entity: Entity, lasts: timedelta) -> Refusal | None:
    viewer = casefile_viewing.viewer_of(account)
    if (Permission.WORK_IN_OFFICE, entity.pk) not in viewer.rights:
        return Refusal("not_permitted", _("Your role does not let you work in the office."))
    return _why_not_so_long(lasts)


def _made(
    name: str,
    entity: Entity,
    scopes: Sequence[str],
    *,
    account: Account | None,
    lasts: timedelta | None,
    by: Account | None,
    at: datetime,
) -> str:
    token = PREFIX + secrets.token_urlsafe(32)
    kept = sorted(set(scopes))
    expires_at = None if lasts is None else at + lasts
    ApiToken.objects.create(
        name=name,
        entity=entity,
        account=account,
        scopes=kept,
        digest=digest_of(token),
        issued_at=at,
        expires_at=expires_at,
    )
    after: dict[str, Any] = {"entity": entity.key, "scopes": kept}
    if account is not None:
        after["account"] = account.username
    if expires_at is not None:
        after["expires_at"] = expires_at.isoformat()
    record_change(
        by=by, act=Act.TOKEN_ISSUED.value, subject=name, before=None, after=after, reason="", at=at
    )
    return token


def _why_not_named(name: str) -> Refusal | None:
    if not name.strip() or len(name) > 80:
        return Refusal("token_unnamed", _("Give the token a name of at most 80 characters."))
    if ApiToken.objects.filter(name=name, revoked_at=None).exists():
        return Refusal(
            "token_name_taken",
            _("There is a token “%(name)s” already: choose another name or revoke it."),
            {"name": name},
        )
    return None


def _why_not_scopes(scopes: Sequence[str], account: Account | None) -> Refusal | None:
    for scope in scopes:
        if scope not in ApiToken.Scope.values:
            return Refusal(
                "scope_unknown",
                _("There is no scope “%(scope)s”; there are: %(known)s."),
                {"scope": scope, "known": ", ".join(ApiToken.Scope.values)},
            )
    if not scopes:
        return Refusal("token_without_scope", _("Name at least one scope."))
    if account is None and not OF_PROGRAMS.issuperset(scopes):
        return Refusal("nobody_acts", _("Who acts on cases is a person: name their account."))
    if account is not None and not OF_PERSONS.issuperset(scopes):
        return Refusal(
            "person_writes_by_acts",
            _("A token that acts as a person writes by acts: give it cases:act, not cases:write."),
        )
    return None


def why_not_more(
    by: Account, entity: Entity, scopes: Collection[str], account: Account | None
) -> Refusal | None:
    """A token may not more than whoever makes it: it would be a way around their own role."""
    mine = casefile_viewing.viewer_of(by)
    if account is not None:
        theirs = casefile_viewing.viewer_of(account)
        is_less = theirs.rights <= mine.rights and set(theirs.teams) <= set(mine.teams)
        if account == by or is_less:
            return None
        return Refusal(
            "more_than_yourself",
            _("%(name)s may what you may not: such a token is made at the server (valedor token)."),
            {"name": account.name},
        )
    here = mine.within(entity.pk)
    reads = {ApiToken.Scope.READ.value, ApiToken.Scope.WRITE.value} & set(scopes)
    if reads and not here.may(Permission.SEE_CASES):
        return Refusal(
            "more_than_yourself",
            _(
                "You do not see the cases of %(entity)s, and this token would: it is made at the "
                "server (valedor token), or by somebody who sees them."
            ),
            {"entity": entity.name},
        )
    writes = {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}
    if ApiToken.Scope.WRITE.value in scopes and not here.permissions & writes:
        return Refusal(
            "more_than_yourself",
            _(
                "You do not write to people of %(entity)s, and this token would: it is made at the "
                "server (valedor token), or by somebody who does."
            ),
            {"entity": entity.name},
        )
    return None


def _why_not_as(account: Account, entity: Entity, lasts: timedelta) -> Refusal | None:
    viewer = casefile_viewing.viewer_of(account)
    if viewer.roles & OFFICE_ROLES:
        return Refusal(
            "office_acts_itself",
            _("Whoever works in the ombudsman's office makes their own token, on its pages."),
        )
    if entity.pk not in {there for _permission, there in viewer.rights}:
        return Refusal(
            "account_without_role",
            _("%(name)s has no role at %(entity)s."),
            {"name": account.name, "entity": entity.name},
        )
    return _why_not_so_long(lasts)


def _why_not_so_long(lasts: timedelta) -> Refusal | None:
    if not timedelta(0) < lasts <= ACTS_AT_MOST:
        return Refusal(
            "token_lasts_too_long",
            _("A token acts as somebody for 1 to %(days)s days."),
            {"days": ACTS_AT_MOST.days},
        )
    return None


@transaction.atomic
def revoke_token(name: str, *, by: Account | None, at: datetime) -> None:
    """End a token; the program that holds it is refused from now on. Raises ``Refused``."""
    refuse_if(why_not_administer(by=by, roles=roles_of(by)))
    _revoke(ApiToken.objects.filter(name=name), name, by=by, at=at)


@transaction.atomic
def revoke_own_token(name: str, *, by: Account, at: datetime) -> None:
    """End a token that acts as oneself. Raises ``Refused``."""
    _revoke(ApiToken.objects.filter(name=name, account=by), name, by=by, at=at)


def _revoke(found: QuerySet[ApiToken], name: str, *, by: Account | None, at: datetime) -> None:
    token = found.select_for_update(of=("self",)).filter(revoked_at=None).first()
    if token is None:
        raise Refused(
            Refusal("token_unknown", _("There is no living token “%(name)s”."), {"name": name})
        )
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record_change(
        by=by,
        act=Act.TOKEN_REVOKED.value,
        subject=name,
        before={"scopes": token.scopes},
        after=None,
        reason="",
        at=at,
    )


def living_token(typed: str, *, at: datetime) -> ApiToken | None:
    """The token that somebody sends, if it may be used."""
    token = (
        ApiToken.objects.select_related("entity", "account")
        .filter(digest=digest_of(typed), revoked_at=None)
        .first()
    )
    if token is None or (token.expires_at is not None and token.expires_at <= at):
        return None
    if token.account is not None and not token.account.is_active:
        return None
    if token.last_used_at is None or at - token.last_used_at > _USE_NOTED_EVERY:
        token.last_used_at = at.replace(minute=0, second=0, microsecond=0)
        token.save(update_fields=["last_used_at"])
    return token


def digest_of(typed: str) -> bytes:
    """What is stored instead of a token."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"token" + typed.encode(), "sha256")


def viewer_of(token: ApiToken) -> Viewer:
    """What a token sees: its person's cases as they see them, else its entity's as the company
    sees them, protected ones not.
    """
    if token.account is not None:
        if not hasattr(token, "seen_as"):  # Looked up once a request.
            token.seen_as = casefile_viewing.viewer_of(token.account)  # type: ignore[attr-defined]
        seen_as: Viewer = token.seen_as  # type: ignore[attr-defined]
        return seen_as
    return program_viewer_of(token)


def program_viewer_of(token: ApiToken) -> Viewer:
    """What a program of the entity sees that acts as nobody."""
    may = frozenset({Permission.SEE_CASES}) if token.scopes else frozenset[Permission]()
    return Viewer(entities=(token.entity_id,), seats=Seat.COMPANY, permissions=may)
