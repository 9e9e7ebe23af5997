"""Papers that were handed in at the counter, line by line."""

from django.http import Http404

from valedor.casefile.models import Case, Entry
from valedor.casefile.viewing import Viewer
from valedor.channels.post.facts import PapersHandedIn


def hand_ins_of(viewer: Viewer, case: Case) -> list[Entry]:
    """What was handed in for a case that was fetched for this viewer, the newest first."""
    found = Entry.objects.filter(case=case, kind=PapersHandedIn.kind).select_related("content")
    return [one for one in found.order_by("-sequence") if one.seats & int(viewer.seats)]


def hand_in_of(viewer: Viewer, case: Case, entry_id: int) -> Entry:
    """One of them. Raises ``Http404``."""
    found = next((one for one in hand_ins_of(viewer, case) if one.pk == entry_id), None)
    if found is None:
        raise Http404
    return found
