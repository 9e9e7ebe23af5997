"""Rows of cases as lists show them: one shape for queues, search and the API."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.foundation.multilingual import MultilingualText


class CaseLine(NamedTuple):
    """One case in a list."""

    id: int
    reference: str
    entity_key: str
    kind: str
    stage: str
    subject: str
    person: str
    category: str
    severity: int
    urgency: str
    channel: str
    language: str
    team: str
    holder: str
    holder_id: int | None
    is_vulnerable: bool
    touches_safety: bool
    is_protected: bool
    is_marked_abuse: bool
    received_at: datetime
    received_precision: str
    next_due_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None


_COLUMNS = (
    "id",
    "reference",
    "entity__key",
    "kind",
    "stage",
    "subject",
    "complainant__name",
    "category__name",
    "severity",
    "urgency",
    "channel",
    "language",
    "team__name",
    "holder__name",
    "holder_id",
    "is_vulnerable",
    "touches_safety",
    "is_protected",
    "is_marked_abuse",
    "received_at",
    "received_precision",
    "next_due_at",
    "closed_at",
    "erased_at",
)


def lines_of(viewer: Viewer, ids: Sequence[int]) -> list[CaseLine]:
    """The cases with these ids, in this order, as far as the viewer may see them. One query."""
    if not ids:
        return []
    found = {
        row[0]: _line(row)
        for row in cases_visible_to(viewer).filter(pk__in=ids).values_list(*_COLUMNS)
    }
    return [found[key] for key in ids if key in found]


def _line(row: tuple[object, ...]) -> CaseLine:
    line = CaseLine(*row)  # type: ignore[arg-type]
    return line._replace(
        person=line.person or "",
        category=_named(line.category),
        team=_named(line.team),
        holder=line.holder or "",
    )


def _named(text: object) -> str:
    return str(MultilingualText(text)) if isinstance(text, dict) else str(text or "")
