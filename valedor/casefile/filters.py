"""What a list of cases is narrowed to, read from the address of the page and written back into
it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.viewing import Viewer
from valedor.foundation.multilingual import LANGUAGES
from valedor.people.models import Account, Entity, Team
from valedor.procedures.models import Area, Category


@dataclass(frozen=True, kw_only=True)
class Filters:
    """A narrowed list. ``typed`` keeps the words of the address, ``troubles`` say of a name what
    was not understood.

    The days are those of the entities' zone (UTC where the viewer's entities have several); both
    are included.
    """

    entity: int | None = None
    kind: str = ""
    category: int | None = None
    area: int | None = None
    team: int | None = None
    holder: int | None = None
    stage: str = ""
    severity: int | None = None
    channel: str = ""
    language: str = ""
    received_from: date | None = None
    received_to: date | None = None
    zone: str = "UTC"

    typed: tuple[tuple[str, str], ...] = ()
    troubles: Mapping[str, str] = field(default_factory=dict, compare=False)

    def condition(self) -> Q:
        """The rows that they let through, as columns of ``Case`` alone."""
        wanted: dict[str, Any] = {
            name: value
            for name, value in {
                "entity": self.entity,
                "kind": self.kind,
                "category": self.category,
                "area": self.area,
                "team": self.team,
                "holder": self.holder,
                "stage": self.stage,
                "severity": self.severity,
                "channel": self.channel,
                "language": self.language,
                "received_at__gte": self._midnight(self.received_from),
                "received_at__lt": self._midnight(self.received_to, days=1),
            }.items()
            if value not in (None, "")
        }
        return Q(**wanted)

    def _midnight(self, day: date | None, days: int = 0) -> datetime | None:
        if day is None:
            return None
        return datetime.combine(
            day + timedelta(days=days), datetime.min.time(), ZoneInfo(self.zone)
        )

    def as_query(self, **more: str) -> str:
        """The part of an address after the question mark that leads here again."""
        return urlencode([*self.typed, *((name, value) for name, value in more.items() if value)])

    def __bool__(self) -> bool:
        return bool(self.condition())


def read_filters(query: Mapping[str, str], viewer: Viewer) -> Filters:
    """The filters that an address names. What cannot be read narrows nothing and gets a
    sentence.
    """
    typed: list[tuple[str, str]] = []
    troubles: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, reader in _READERS.items():
        text = str(query.get(name, "")).strip()
        if not text:
            continue
        found, trouble = reader(text, viewer)
        if trouble:
            troubles[name] = trouble
        else:
            values[name] = found
            typed.append((name, text))
    first, last = values.get("received_from"), values.get("received_to")
    if first and last and first > last:
        troubles["received_to"] = _(
            "The first day, %(first)s, lies after the last one, %(last)s: nothing can match."
        ) % {"first": first.isoformat(), "last": last.isoformat()}
    return Filters(
        **values,
        zone=_zone(viewer, values.get("entity")) if first or last else "UTC",
        typed=tuple(typed),
        troubles=troubles,
    )


def _zone(viewer: Viewer, entity: int | None) -> str:
    wanted = [entity] if entity else viewer.entities
    zones = set(Entity.objects.filter(pk__in=wanted).values_list("timezone", flat=True))
    return zones.pop() if len(zones) == 1 else "UTC"


Reader = Callable[[str, Viewer], tuple[Any, str]]


def _unknown(text: str, known: str) -> str:
    return _("There is no “%(typed)s” to filter by; known are: %(known)s.") % {
        "typed": text[:60],
        "known": known,
    }


def _word(allowed: tuple[str, ...]) -> Reader:
    def read(text: str, _viewer: Viewer) -> tuple[Any, str]:
        if text in allowed:
            return text, ""
        return None, _unknown(text, ", ".join(allowed))

    return read


def _row(rows: Callable[[Viewer], Any], by: str) -> Reader:
    """Rows that the viewer knows of: those of other entities are as unknown as none."""

    def read(text: str, viewer: Viewer) -> tuple[Any, str]:
        if "\0" in text:
            return None, _unknown(text.replace("\0", ""), "…")
        found = rows(viewer).filter(**{by: text[:120]}).values_list("pk", flat=True).first()
        if found is not None:
            return found, ""
        known = rows(viewer).order_by(by).values_list(by, flat=True).distinct()[:12]
        return None, _unknown(text, ", ".join(known) or "—")

    return read


def _day(text: str, _viewer: Viewer) -> tuple[Any, str]:
    try:
        day = date.fromisoformat(text)
        if not 1900 <= day.year <= 2200:
            raise ValueError
    except ValueError:
        return None, _("“%(typed)s” is not a day: write it as 2026-11-20.") % {"typed": text[:40]}
    return day, ""


def _severity(text: str, _viewer: Viewer) -> tuple[Any, str]:
    if text in {"0", "1", "2", "3"}:
        return int(text), ""
    return None, _unknown(text, "0, 1, 2, 3")


_READERS: dict[str, Reader] = {
    "entity": _row(lambda viewer: Entity.objects.filter(pk__in=viewer.entities), "key"),
    "kind": _word(tuple(Kind.values)),
    "category": _row(lambda viewer: Category.objects.filter(entity__in=viewer.entities), "key"),
    "area": _row(lambda viewer: Area.objects.filter(entity__in=viewer.entities), "key"),
    "team": _row(
        lambda viewer: Team.objects.filter(
            pk__in=Team.entities.through.objects.filter(entity__in=viewer.entities).values("team")
        ),
        "key",
    ),
    "holder": _row(lambda _viewer: Account.objects.all(), "username"),
    "stage": _word(tuple(Stage.values)),
    "severity": _severity,
    "channel": _word(tuple(Case.Channel.values)),
    "language": _word(LANGUAGES),
    "received_from": _day,
    "received_to": _day,
}
