"""What acts of the desk read: teams and who is in them, what areas are asked.

An area sees no case: the house reads for it this and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.handling.models import AreaNotice, Inquiry
from valedor.people.models import Account, Role, Team
from valedor.people.permissions import Permission

ANSWERED_FOR = timedelta(days=30)


# ------------------------------------------------------------------ teams
def teams_led(viewer: Viewer) -> list[Team]:
    """The teams of a lead."""
    return list(Team.objects.filter(pk__in=viewer.teams, is_active=True).order_by("key"))


def members_of(team: Team) -> list[Account]:
    """Whoever can take a case of this team."""
    return list(
        Account.objects.filter(
            grants__team=team,
            grants__ended_at=None,
            grants__role__in=[Role.HANDLER, Role.LEAD],
            is_active=True,
        )
        .distinct()
        .order_by("name")
    )


def colleague_led(viewer: Viewer, username: str) -> Account | None:
    """Somebody who has, or had, a role in a team of this viewer's."""
    return (
        Account.objects.filter(username=username, grants__team__in=viewer.teams).distinct().first()
    )


def held_by(viewer: Viewer, holder: Account) -> list[CaseLine]:
    """Every open case that somebody holds, as far as a viewer sees it, the next limit first."""
    found = (
        cases_visible_to(viewer)
        .filter(closed_at=None, holder=holder)
        .order_by("next_due_at", "pk")
        .values_list("pk", flat=True)[:1000]
    )
    return lines_of(viewer, list(found))


# ------------------------------------------------------------------ areas
@dataclass(frozen=True)
class Asked:
    """What the areas of somebody are asked, what they answered lately, what they were told."""

    open: Sequence[Inquiry]
    answered: Sequence[Inquiry]
    notices: Sequence[AreaNotice]


def asked_of(viewer: Viewer, *, at: datetime) -> Asked:
    """Everything for the page of an area. Three queries."""
    with viewing(the_house()):
        mine = Inquiry.objects.filter(area__team__in=viewer.teams, withdrawn_at=None)
        mine = mine.select_related("area", "case__entity", "by")
        mine = mine.exclude(case__recused__contains=[viewer.account_id])
        notices = _notices(viewer).select_related("area", "case__entity").order_by("-at")
        return Asked(
            open=list(mine.filter(answered_at=None).order_by("answer_by", "at")),
            answered=list(
                mine.filter(answered_at__gte=at - ANSWERED_FOR).order_by("-answered_at")[:25]
            ),
            notices=list(notices[:25]),
        )


def inquiry_for(viewer: Viewer, inquiry_id: int) -> Inquiry:
    """A question put to an area of this viewer. Raises ``Http404``."""
    with viewing(the_house()):
        found = (
            Inquiry.objects.filter(
                pk=inquiry_id,
                area__team__in=viewer.teams,
                to=Inquiry.To.AREA,
                withdrawn_at=None,
            )
            .exclude(case__recused__contains=[viewer.account_id])
            .select_related("area", "case__entity")
            .first()
        )
    if found is None or not viewer.may(Permission.ANSWER_AS_AREA):
        raise Http404
    return found


def notice_for(viewer: Viewer, notice_id: int) -> AreaNotice:
    """What came of a case, told to an area of this viewer and not read. Raises ``Http404``."""
    with viewing(the_house()):
        found = _notices(viewer).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    return found


def read_notice(viewer: Viewer, notice_id: int, *, at: datetime) -> None:
    """Somebody of the area has read what came of a case. Raises ``Http404``."""
    with viewing(the_house()):
        read = _notices(viewer).filter(pk=notice_id).update(read_at=at)
    if not read:
        raise Http404


def _notices(viewer: Viewer) -> QuerySet[AreaNotice]:
    unread = AreaNotice.objects.filter(area__team__in=viewer.teams, read_at=None)
    return unread.exclude(case__recused__contains=[viewer.account_id])
