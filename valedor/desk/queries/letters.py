"""Letters that need somebody, and what could not be read: work that no machine will do."""

from datetime import datetime
from typing import Any

from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Letter, RawMessage
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer
from valedor.intake.importing.models import ImportReject

SHOWN = 100


def letters_needing_somebody(viewer: Viewer) -> list[Letter]:
    """Letters to print and post, or that came back: the one due first on top."""
    return list(
        Letter.objects.filter(
            state__in=[Letter.State.WAITING, Letter.State.REFUSED],
            entity__in=viewer.entities,
            case__in=cases_visible_to(viewer),
        )
        .select_related("case__entity", "recipient", "contact_point")
        .order_by("due_at", "pk")[:SHOWN]
    )


def letter_for(viewer: Viewer, letter_id: int) -> Letter:
    """A letter of a case that the viewer may see. Raises ``Http404``: one query either way."""
    letter = (
        Letter.objects.filter(pk=letter_id, case__in=cases_visible_to(viewer))
        .select_related("case__entity", "recipient", "contact_point", "meets")
        .first()
    )
    if letter is None or not letter.seats & int(viewer.seats):
        raise Http404
    return letter


def held_messages(viewer: Viewer) -> list[RawMessage]:
    """What arrived and could not be read."""
    return list(
        RawMessage.objects.filter(state=RawMessage.State.HELD, entity__in=viewer.entities)
        .select_related("entity")
        .order_by("-received_at")[:SHOWN]
    )


def held_message(viewer: Viewer, raw_id: int) -> RawMessage:
    """One of them. Raises ``Http404``."""
    found = RawMessage.objects.filter(
        pk=raw_id, state=RawMessage.State.HELD, entity__in=viewer.entities
    ).first()
    if found is None:
        raise Http404
    return found


def rejected_rows(viewer: Viewer) -> list[ImportReject]:
    """Rows of imported files that were not taken, and why."""
    return list(
        ImportReject.objects.filter(settled_at=None, entity__in=viewer.entities)
        .select_related("file", "entity")
        .order_by("pk")[:SHOWN]
    )


def settle_reject(viewer: Viewer, reject_id: int, *, at: datetime) -> None:
    """Somebody has seen to a rejected row. Raises ``Http404`` for one that is not there."""
    settled = ImportReject.objects.filter(
        pk=reject_id, settled_at=None, entity__in=viewer.entities
    ).update(settled_at=at)
    if not settled:
        raise Http404


def marked_cases(viewer: Viewer) -> list[CaseLine]:
    """Open cases that are marked as possible abuse, the newest first."""
    found: Any = (
        cases_visible_to(viewer)
        .filter(is_marked_abuse=True, closed_at=None)
        .order_by("-received_at", "-pk")
        .values_list("pk", flat=True)[:SHOWN]
    )
    return lines_of(viewer, list(found))
