"""Who is signed in, looked up in two round trips whatever page they open.

Django would compile three statements anew for every request; these are put together once.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from valedor.foundation.questions import Question, one_round_trip
from valedor.people.models import Account

Grant = tuple[str, int | None, int | None, int | None, bool]
"""A role with its team, an entity that the team serves, one named with the role itself, and
whether the team is one of another house.
"""

_SESSION = Question(lambda key: Session.objects.filter(session_key=str(key)))
_ACCOUNT = Question(lambda account: Account.objects.filter(pk=account))
_GRANTS = """
    SELECT held.role, held.team_id, served.entity_id, own.entity_id,
        coalesce(team.is_outsourced, false)
    FROM people_rolegrant AS held
    LEFT JOIN people_team AS team ON team.id = held.team_id
    LEFT JOIN people_team_entities AS served ON served.team_id = held.team_id
    LEFT JOIN people_rolegrant_entities AS own ON own.rolegrant_id = held.id
    WHERE held.account_id = %s AND held.ended_at IS NULL
"""
_READ_ALONG = "_grants_read_along"


class SessionStore(db.SessionStore):
    """Sessions in the database, read by a statement that is put together once."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        with one_round_trip() as ask:
            found = ask(_SESSION, self.session_key or "")
        if found and found[0].expire_date > timezone.now():  # noqa: TID251 -- Django's own clock
            return found[0]
        self._session_key = None
        return None


class StaffBackend(AuthenticationBackend):
    """Signs staff in; whoever comes back is read together with the roles that they hold."""

    def get_user(self, user_id: Any) -> Account | None:
        with one_round_trip() as ask:
            found = ask(_ACCOUNT, int(user_id))
            grants = ask.rows(_GRANTS, [int(user_id)])
        if not found or not self.user_can_authenticate(found[0]):
            return None
        setattr(found[0], _READ_ALONG, grants)
        return found[0]


def grants_of(account: Account) -> frozenset[Grant]:
    """The roles that somebody holds now. One query, none where they were read along just now."""
    if not account.is_active:
        return frozenset()
    known: list[Grant] | None = getattr(account, _READ_ALONG, None)
    if known is not None:
        delattr(account, _READ_ALONG)  # They are what was held a moment ago, not for ever.
        return frozenset(known)
    with one_round_trip() as ask:
        known = ask.rows(_GRANTS, [account.pk])
    return frozenset(known)
