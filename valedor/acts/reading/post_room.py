"""Whose letters somebody sees to: the company's, or those of the ombudsman's office. The two never
lie in one list, and neither's letters are printed with the other's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.people.permissions import Permission
from valedor.review.office.access import files_visible_to

WORKS = (Permission.HANDLE, Permission.ANSWER_ENQUIRIES)


@dataclass(frozen=True)
class PostRoom:
    """A table on which letters lie, as somebody stands before it. ``seats`` are those of whoever
    sits there, ``rights`` let them see to it, at ``entities``.
    """

    viewer: Viewer
    seats: Seat
    rights: tuple[Permission, ...]
    entities: Sequence[int]
    cases: QuerySet[Case]

    @property
    def is_of_the_office(self) -> bool:
        """Whether it lies behind the wall."""
        return self.seats == Seat.OMBUDSMAN


def companys_post(viewer: Viewer) -> PostRoom:
    """The letters of the company's cases."""
    return PostRoom(
        viewer, Seat.COMPANY, WORKS, viewer.entities_where(*WORKS), cases_visible_to(viewer)
    )


def offices_post(viewer: Viewer) -> PostRoom:
    """The letters of the files of the ombudsman's office."""
    rights = (Permission.WORK_IN_OFFICE,)
    entities = viewer.entities_where(*rights)
    return PostRoom(viewer, Seat.OMBUDSMAN, rights, entities, files_visible_to(viewer))
