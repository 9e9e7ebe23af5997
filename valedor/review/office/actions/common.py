"""How every act of the office begins: the file locked, read, and its rule asked."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import connection

from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer, viewer_of
from valedor.handling.standing import MACHINERY
from valedor.review.office.access import at_both_tables
from valedor.review.office.queries import FileState, file_state

P = ParamSpec("P")
R = TypeVar("R")


def in_the_office(act: Callable[Concatenate[Case, P], R]) -> Callable[Concatenate[Case, P], R]:
    """An act whose rows lie on both sides of the wall: written by the house's machinery, after its
    rule has asked who does it.
    """

    @wraps(act)
    def done(case: Case, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with at_both_tables(case.entity_id):
            return act(case, *args, **kwargs)

    return done


def begun(file: Case, *, at: datetime) -> FileState:
    """The file, locked, with everything that its rules ask about."""
    return file_state(locked(file), at=at)


def viewer_for(case: Case, by: By) -> Viewer:
    """What the author of an act may do: staff by their roles, the person by being shown it."""
    if by.actor in {Entry.Actor.COMPLAINANT, Entry.Actor.REPRESENTATIVE}:
        return Viewer(seats=Seat.COMPLAINANT, case_id=case.pk)
    if by.account is None:
        return MACHINERY
    looking = getattr(connection, "valedor_viewer", None)
    if isinstance(looking, Viewer) and looking.account == by.account:
        return looking.within(case.entity_id)
    return viewer_of(by.account).within(case.entity_id)
