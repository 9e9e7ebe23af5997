"""Rows of cases as lists show them: one shape for queues, search and the API."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.foundation.multilingual import MultilingualText
from valedor.foundation.questions import Ask, one_round_trip


class CaseLine(NamedTuple):
    """One case in a list."""

    id: int
    reference: str
    entity_key: str
    timezone: str
    kind: str
    stage: str
    subject: str
    person: str
    category: str
    category_key: str | None
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
    "entity__timezone",
    "kind",
    "stage",
    "subject",
    "complainant__name",
    "category__name",
    "category__key",
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
    with one_round_trip() as ask:
        asked = AskedLines(ask, viewer, ids)
    return asked.lines()


class AskedLines:
    """Lines on their way: asked together with whatever else a list asks."""

    def __init__(self, ask: Ask, viewer: Viewer, ids: Sequence[int]) -> None:
        self._ids = ids
        statement, values = _statement(viewer)
        self._rows = ask.rows(statement, [*values, list(ids)]) if statement and ids else []

    def lines(self) -> list[CaseLine]:
        """What the answers make, after the round trip."""
        found = {row[0]: _line(row) for row in self._rows}
        return [found[key] for key in self._ids if key in found]


@lru_cache(maxsize=256)
def _statement(viewer: Viewer) -> tuple[str, tuple[Any, ...]]:
    """The rows that a viewer may see, put together once for each viewer."""
    query = cases_visible_to(viewer).order_by().values_list(*_COLUMNS).query
    try:
        text, values = query.get_compiler("default").as_sql()
    except EmptyResultSet:
        return "", ()
    return f'{text} AND "casefile_case"."id" = ANY(%s)', tuple(values)


def _line(row: tuple[object, ...]) -> CaseLine:
    line = CaseLine(*row)  # type: ignore[arg-type]
    return line._replace(
        person=line.person or "",
        category=_named(line.category),
        team=_named(line.team),
        holder=line.holder or "",
    )


def _named(text: str | None) -> str:
    return str(MultilingualText(json.loads(text))) if text else ""
