"""The only door to the files of the office: whoever works in it, at the entities that it serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import Http404

from valedor.casefile.models import Case
from valedor.casefile.reads import note_read
from valedor.casefile.seats import EVERYONE, Seat
from valedor.casefile.viewing import Viewer, viewing
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission


def files_visible_to(viewer: Viewer) -> QuerySet[Case]:
    """The files of the office that somebody may see: none for whoever is not of it."""
    if not viewer.may(Permission.WORK_IN_OFFICE) or not viewer.seats & Seat.OMBUDSMAN:
        return Case.objects.none()
    entities = viewer.entities_where(Permission.WORK_IN_OFFICE)
    shared = Case.objects.alias(shared=F("seats").bitand(int(Seat.OMBUDSMAN)))
    found = shared.filter(pk__lt=0, entity__in=entities, shared__gt=0)
    return found.exclude(recused__contains=[viewer.account_id])


def file_for(viewer: Viewer, typed: str) -> Case:
    """The file that a reference names. Raises ``Http404`` for one that does not exist, may not be
    seen or whose letter is wrong.
    """
    try:
        reference = read_reference(typed)
    except Refused:
        raise Http404 from None
    found = files_visible_to(viewer).filter(reference=reference)
    file = found.select_related("entity", "complainant", "mandate__representative", "holder")
    one = file.first()
    if one is None:
        raise Http404
    return one


@contextmanager
def looking_at_the_companys_file(
    viewer: Viewer, file: Case, about: int, *, what: str, at: datetime
) -> Iterator[Case]:
    """The company's whole file of a case that was brought to the office: the wall opens one way.

    Each look is noted as a disclosure, in the file of the office: the company's own log would tell
    it of a matter that nobody has told it about yet.
    """
    note_read(viewer, file, "disclosure", at, {"about": about, "what": what})
    with viewing(Viewer(account=viewer.account, seats=EVERYONE, case_id=about)):
        yield Case.objects.select_related(
            "entity", "complainant", "mandate__representative", "holder"
        ).get(pk=about)


@contextmanager
def at_both_tables(entity_id: int) -> Iterator[Viewer]:
    """The house's machinery, where something passes through the wall: what the office addresses to
    the company, and what the company says to the office.
    """
    with viewing(Viewer(entities=(entity_id,), seats=EVERYONE)) as house:
        yield house
