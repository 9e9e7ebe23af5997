"""Reads about dossiers."""

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.disputes.dossier.rules import own_seat
from valedor.disputes.models import Dossier

GOING_ON = (Dossier.State.WAITING, Dossier.State.MAKING)


def dossiers_of(viewer: Viewer, case: Case) -> list[Dossier]:
    """The dossiers of a case that the viewer's own house made, the newest first."""
    found = Dossier.objects.filter(case=case.pk, case__in=cases_visible_to(viewer))
    own = int(own_seat(viewer))
    return [
        one
        for one in found.select_related("by", "document").order_by("-at", "-pk")[:100]
        if one.seats & own
    ]
