"""Letters that need somebody, and cases that somebody has to look at first."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404

from valedor.acts.queries import points_of
from valedor.acts.reading.post_room import PostRoom
from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, Letter
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer
from valedor.people.models import ContactPoint

SHOWN = 100
OUT_FOR = timedelta(days=60)


def letters_needing_somebody(room: PostRoom) -> list[Letter]:
    """Letters to print and post, or that came back: the one due first on top."""
    return list(
        Letter.objects.filter(
            state__in=[Letter.State.WAITING, Letter.State.REFUSED],
            entity__in=room.viewer.entities,
            case__in=room.cases,
        )
        .select_related("case__entity", "recipient", "contact_point")
        .order_by("due_at", "pk")[:SHOWN]
    )


def letters_out(room: PostRoom, *, at: datetime) -> list[Letter]:
    """Letters that were posted of late and are not proved to have arrived: the oldest first.

    Most that go by ordinary post never are; after ``OUT_FOR`` nobody waits for a slip any more.
    """
    return list(
        Letter.objects.filter(
            state=Letter.State.ACCEPTED,
            channel=Case.Channel.LETTER,
            arrived_at=None,
            accepted_at__gt=at - OUT_FOR,
            entity__in=room.viewer.entities,
            case__in=room.cases,
        )
        .select_related("case__entity", "recipient", "contact_point")
        .order_by("accepted_at", "pk")[:SHOWN]
    )


def telephones_of(letter: Letter) -> list[str]:
    """The numbers at which whoever a letter is for can be called."""
    return [point.value for point in points_of(letter, ContactPoint.Kind.TELEPHONE)]


def letter_for(room: PostRoom, letter_id: int) -> Letter:
    """A letter of a case that may be seen there. Raises ``Http404``: one query either way."""
    letter = (
        Letter.objects.filter(pk=letter_id, case__in=room.cases)
        .select_related("case__entity", "recipient", "contact_point", "meets")
        .first()
    )
    if letter is None or not letter.seats & int(room.seats):
        raise Http404
    return letter


def marked_cases(viewer: Viewer) -> list[CaseLine]:
    """Open cases that are marked as possible abuse, the newest first."""
    found: Any = (
        cases_visible_to(viewer)
        .filter(is_marked_abuse=True, closed_at=None)
        .order_by("-received_at", "-pk")
        .values_list("pk", flat=True)[:SHOWN]
    )
    return lines_of(viewer, list(found))
