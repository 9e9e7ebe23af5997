"""Thanks that were passed on to somebody or to their area. The house reads them for them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.foundation.refusals import Refusal
from valedor.handling.actions.pass_on import read_thanks
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


def unread(desk: Desk) -> list[tuple[str, str]]:
    """What they were thanked for and have not read."""
    return [(str(one.pk), one.words) for one in thanks_for(desk.viewer) if one.read_at is None]


def why_not_read(desk: Desk) -> Refusal | None:
    """Nothing stands against it; what others were thanked for is not there."""
    thanks_of(desk.viewer, number_of(desk))
    return None


def do_read(desk: Desk, given: Mapping[str, Any]) -> str:
    """They have read it."""
    found = thanks_of(desk.viewer, number_of(desk))
    with viewing(the_house(found.entity_id)):
        read_thanks(found, at=desk.at)
    return _("Noted.")
