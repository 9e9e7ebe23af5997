"""Letters that came in as scans: those that wait for somebody, and each with its pages."""

from datetime import datetime

from django.db.models import Q
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.actors import By
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import Viewer
from valedor.channels.models import Mail
from valedor.channels.post.models import Scan
from valedor.channels.post.scanning import belongs_to
from valedor.intake.rules import SORTS
from valedor.people.models import Entity
from valedor.people.permissions import Permission

LOOKS = (*SORTS, Permission.AUDIT)
SHOWN = 100
_WAITING = (RawMessage.State.ARRIVED, RawMessage.State.HELD)


def scans_waiting(viewer: Viewer, *, words: str = "") -> list[Scan]:
    """Letters that nobody has filed yet, the oldest first; those that say some words, where any are
    asked for.
    """
    found = Scan.objects.filter(
        raw__state__in=_WAITING, case=None, entity__in=viewer.entities_where(*LOOKS)
    )
    if words:
        found = found.filter(Q(text__icontains=words) | Q(name__icontains=words))
    found = found.select_related("raw", "entity", "by", "stack")
    return list(found.order_by("raw__received_at", "pk")[:SHOWN])


def scan_for(viewer: Viewer, raw_id: int) -> Scan:
    """A letter that waits or was set aside, or one of a case that the viewer may see.

    Raises ``Http404``: one query either way.
    """
    waits = Q(case=None, entity__in=viewer.entities_where(*LOOKS))
    filed = Q(case__in=cases_visible_to(viewer))
    found = (
        Scan.objects.filter(waits | filed, pk=raw_id)
        .exclude(raw__state=RawMessage.State.ERASED)
        .select_related("raw", "entity", "by", "case", "stack")
        .first()
    )
    if found is None or not found.seats & int(viewer.seats):
        raise Http404
    return found


def letters_of(stack: Scan) -> list[Scan]:
    """The letters that a stack was parted into, in their order."""
    return list(stack.letters.select_related("raw", "entity").order_by("first_page"))


def scan_of(raw: RawMessage) -> Scan | None:
    """The scan whose bytes a message has; nothing for what came another way."""
    return Scan.objects.filter(pk=raw.pk).first()


def tie(raw: RawMessage, case: Case, *, by: By, at: datetime) -> None:
    """What was read from a message goes with the case that it is part of now."""
    Mail.objects.filter(pk=raw.pk).update(case=case)
    belongs_to(raw, case, by=by, at=at)


def entities_of_paper(viewer: Viewer) -> list[Entity]:
    """The entities whose letters this viewer takes in."""
    theirs = viewer.entities_where(Permission.REGISTER)
    return list(Entity.objects.filter(pk__in=theirs).order_by("name"))
