"""Who is looking: set once a transaction, obeyed by every row policy beneath it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from valedor.casefile.seats import EVERYONE, Seat
from valedor.foundation.questions import one_round_trip
from valedor.people.models import Account, Entity, Role
from valedor.people.permissions import NOT_FOR_ANOTHER_HOUSE, PERMITS, Permission
from valedor.people.sessions import Grant, grants_of

LOOK = """
    SELECT set_config('valedor.entities', %s, true), set_config('valedor.seats', %s, true),
        set_config('valedor.case', %s, true), set_config('valedor.teams', %s, true)
"""
_SEES_AS_COMPANY = frozenset({Role.AGENT, Role.HANDLER, Role.LEAD, Role.APPROVER})
_SEES_AS_OMBUDSMAN = frozenset({Role.OMBUDSMAN, Role.OMBUDSMAN_CLERK})
_SEES = _SEES_AS_COMPANY | _SEES_AS_OMBUDSMAN | {Role.AUDITOR}

NO_SEAT = Seat(0)


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks: which entities they look after, on which seats they sit, what they may
    do.

    A complainant looks after no entity and is shown one case.
    """

    account: Account | None = None
    entities: tuple[int, ...] = ()
    seats: Seat = NO_SEAT
    case_id: int | None = None
    teams: tuple[int, ...] = ()
    roles: frozenset[str] = frozenset()
    permissions: frozenset[Permission] = field(default=frozenset())
    rights: frozenset[tuple[Permission, int]] = field(default=frozenset())  # …and at which entity.
    only_teams: tuple[int, ...] = ()
    """Of somebody whose teams are all of another house: the only ones whose open cases they see."""

    def within(self, entity_id: int) -> "Viewer":
        """The same person with the rights that they hold at one entity: for what they do there."""
        if self.account is None:
            return self
        here = frozenset(permission for permission, entity in self.rights if entity == entity_id)
        return replace(self, permissions=here)

    def entities_where(self, *permissions: Permission) -> list[int]:
        """The entities at which a role of theirs permits one of these."""
        return sorted({entity for held, entity in self.rights if held in permissions})

    def may(self, permission: Permission) -> bool:
        """Whether a role of theirs permits it, at some entity at least (see ``within``)."""
        return permission in self.permissions

    @property
    def account_id(self) -> int:
        """The account of a member of staff; 0 for anybody else."""
        return self.account.pk if self.account else 0


NOBODY = Viewer()


@contextmanager
def viewing(viewer: Viewer) -> Iterator[Viewer]:
    """A transaction in which the database shows what this viewer may see.

    Inside another one, the outer viewer looks again afterwards.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = getattr(connection, "valedor_viewer", NOBODY)
        _look_as(viewer)
        try:
            yield viewer
        finally:
            connection.valedor_viewer = before  # type: ignore[attr-defined]
        # What was set ends with the transaction, or is rolled back with what failed inside it.
        if not is_outermost and not connection.needs_rollback:
            _look_as(before)


def _look_as(viewer: Viewer) -> None:
    with one_round_trip() as ask:  # The transaction begins with it, in the same one.
        ask.rows(LOOK, settings_of(viewer))
    connection.valedor_viewer = viewer  # type: ignore[attr-defined]


def settings_of(viewer: Viewer) -> list[str]:
    """The four settings that row policies read, as text."""
    entities = "{" + ",".join(map(str, viewer.entities)) + "}"
    case = "" if viewer.case_id is None else str(viewer.case_id)
    teams = "{" + ",".join(map(str, viewer.only_teams)) + "}" if viewer.only_teams else ""
    return [entities, str(int(viewer.seats)), case, teams]


def the_house(*entities: Entity | int) -> Viewer:
    """The organisation's own machinery: registering, sending, counting.

    All entities unless some are named.
    """
    keys = tuple(entity if isinstance(entity, int) else entity.pk for entity in entities)
    return Viewer(
        entities=keys or tuple(Entity.objects.values_list("pk", flat=True)), seats=EVERYONE
    )


def the_company(*entities: Entity | int) -> Viewer:
    """The same where the company counts or tells people something: what is not at its seat, such as
    a file of the ombudsman's office, is not there for it.
    """
    return replace(the_house(*entities), seats=Seat.COMPANY)


def complainant_of(case_id: int) -> Viewer:
    """The person whose case it is, let in by reference and access code or by a mailed link."""
    return Viewer(seats=Seat.COMPLAINANT, case_id=case_id)


def viewer_of(account: Account) -> Viewer:
    """What a member of staff may see now, by the roles that they hold now. One query."""
    return Viewer(account=account, **_held_by(grants_of(account))._asdict())


class _Held(NamedTuple):
    entities: tuple[int, ...]
    seats: Seat
    teams: tuple[int, ...]
    roles: frozenset[str]
    permissions: frozenset[Permission]
    rights: frozenset[tuple[Permission, int]]
    only_teams: tuple[int, ...]


@lru_cache(maxsize=1024)
def _held_by(grants: frozenset[Grant]) -> _Held:
    """What roles add up to; the same roles come with every request."""
    roles = frozenset(role for role, *_ in grants)
    # Whoever has any role in the house itself is one of the house.
    is_outside = bool(grants) and all(of_another_house for *_, of_another_house in grants)
    permits = {
        role: PERMITS[role] - NOT_FOR_ANOTHER_HOUSE if is_outside else PERMITS[role]
        for role in roles
    }
    seats = Seat(0)
    if roles & _SEES_AS_COMPANY:
        seats |= Seat.COMPANY
    if roles & _SEES_AS_OMBUDSMAN:
        seats |= Seat.OMBUDSMAN
    if Role.AUDITOR in roles:
        seats |= Seat.COMPANY | Seat.BODY  # All but the wall.
    at_entities = {
        (role, entity)
        for role, _team, of_team, own, _outside in grants
        for entity in (of_team, own)
        if entity is not None
    }
    return _Held(
        entities=tuple(sorted({entity for role, entity in at_entities if role in _SEES})),
        seats=seats,
        teams=tuple(sorted({team for _role, team, *_ in grants if team is not None})),
        roles=roles,
        permissions=frozenset[Permission]().union(*permits.values()),
        rights=frozenset(
            (permission, entity) for role, entity in at_entities for permission in permits[role]
        ),
        only_teams=tuple(sorted({team for _role, team, *_ in grants if team is not None}))
        if is_outside
        else (),
    )


class ViewerMiddleware:
    """Every page of the staff is one transaction that knows who looks.

    Public views open their own: complainants are let in each to one case, and what arrives there
    is committed before anything reads it, whoever is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_staff = isinstance(request.user, Account)
        request.viewer = viewer_of(request.user) if is_staff else NOBODY  # type: ignore[attr-defined,arg-type]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Answer here, inside the transaction, what only staff may ask for."""
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.account is None or not getattr(view, "login_required", True):
            return None
        with viewing(viewer):
            return view(request, *args, **kwargs)
