"""Who is asking: what the author of an act may do, and the transaction in which it may be written.

Whether somebody may see the case was decided when it was fetched. What follows decides whether they
may do
this with it, from the roles that they hold, and writes as the company, since a complainant's or an
area's
own view would hide the alarms and notes that their act brings about.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import connection

from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.casefile.seats import BOTH_SIDES, EVERYONE, Seat
from valedor.casefile.viewing import Viewer, viewer_of, viewing
from valedor.people.permissions import Permission

P = ParamSpec("P")
R = TypeVar("R")

MACHINERY = Viewer(seats=EVERYONE, permissions=frozenset(Permission))


def viewer_for(case: Case, by: By) -> Viewer:
    """What the author of an act may do.

    Staff by their roles, the person by being shown this case.
    """
    if by.actor in {Entry.Actor.COMPLAINANT, Entry.Actor.REPRESENTATIVE}:
        return Viewer(seats=Seat.COMPLAINANT, case_id=case.pk)
    if by.account is None:
        return MACHINERY
    looking = getattr(connection, "valedor_viewer", None)
    if isinstance(looking, Viewer) and looking.account == by.account:
        return looking.within(case.entity_id)
    return viewer_of(by.account).within(case.entity_id)


def as_the_company(act: Callable[Concatenate[Case, P], R]) -> Callable[Concatenate[Case, P], R]:
    """An action whose rows are the company's, whoever causes them: a person, an area, the clock."""

    @wraps(act)
    def done(case: Case, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with viewing(Viewer(entities=(case.entity_id,), seats=BOTH_SIDES)):
            return act(case, *args, **kwargs)

    return done
