"""Thanks that were passed on to somebody or to their area. The house reads them for them."""

from django.db.models import Q, QuerySet
from django.http import Http404

from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.handling.models import Thanks

MOST = 50


def _of(viewer: Viewer) -> QuerySet[Thanks]:
    return (
        Thanks.objects.filter(Q(account=viewer.account_id) | Q(area__team__in=viewer.teams))
        .exclude(case__recused__contains=[viewer.account_id])
        .select_related("area", "account", "case__entity")
    )


def thanks_for(viewer: Viewer) -> list[Thanks]:
    """What they were thanked for, what they have not read first. One query."""
    with viewing(the_house()):
        found = list(_of(viewer).order_by("-at")[:MOST])
    return sorted(found, key=lambda one: one.read_at is not None)


def thanks_of(viewer: Viewer, thanks_id: int) -> Thanks:
    """Thanks that are theirs. Raises ``Http404``."""
    with viewing(the_house()):
        found = _of(viewer).filter(pk=thanks_id).first()
    if found is None:
        raise Http404
    return found
