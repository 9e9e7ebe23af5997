"""How every act of the office begins: the file locked, read, and its rule asked."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from valedor.casefile.access import locked
from valedor.casefile.models import Case
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
