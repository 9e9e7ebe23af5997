"""Dates as files write them, with the precision that they came with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as _

from valedor.intake.importing.expressions import Reader, Row
from valedor.intake.importing.refusing import MappingWrong, RowRejected, listed, nearest

ISO = "iso"
_KEYS = ("column", "plus_days")
EARLIEST, LATEST = 1950, 2150


@dataclass(frozen=True)
class DateSource:
    """One column that may hold a date, and how many days later than it the thing happened."""

    column: str
    plus_days: int = 0

    @property
    def name(self) -> str:
        return f"{self.column}+{self.plus_days}d" if self.plus_days else self.column


def date_sources(written: Any, where: str) -> tuple[DateSource, ...]:
    """Read what a mapping says about a date: a column, a table, or a list of which the first
    filled one holds. Raises ``MappingWrong``.
    """
    sources = []
    for source in written if isinstance(written, list) else [written]:
        if isinstance(source, str):
            sources.append(DateSource(source))
            continue
        if not isinstance(source, dict) or "column" not in source:
            raise MappingWrong(f"{where}: write the name of a column or a table with “column”.")
        for key in source:
            if key not in _KEYS:
                raise MappingWrong(f"{where}.{key}: there is no such key.{nearest(key, _KEYS)}")
        days = source.get("plus_days", 0)
        if not isinstance(days, int) or isinstance(days, bool):
            raise MappingWrong(f"{where}.plus_days: write a whole number of days.")
        sources.append(DateSource(str(source["column"]), days))
    if not sources:
        raise MappingWrong(f"{where}: name at least one column.")
    return tuple(sources)


_EXAMPLE = datetime(2026, 12, 31, 23, 59)  # noqa: DTZ001 -- only to be looked at


def _example(form: str) -> str:
    """A date as this format writes it: nobody needs to know the signs of ``strptime``."""
    return _EXAMPLE.date().isoformat() if form == ISO else _EXAMPLE.strftime(form)


class Calendar:
    """Reads dates in the formats of one mapping; a date without a zone is local to ``zone``.

    With precision ``day`` or ``month`` a moment is the beginning of that day or month.
    """

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo, precision: str) -> None:
        self.formats = formats
        self.zone = zone
        self.precision = precision
        self._kept = lru_cache(maxsize=8192)(self._read)

    def read(self, written: str) -> datetime:
        """The moment, in UTC. Raises ``RowRejected`` when no format fits."""
        return self._kept(written)

    def _read(self, written: str) -> datetime:
        for form in self.formats:
            try:
                found = (
                    datetime.fromisoformat(written)
                    if form == ISO
                    else datetime.strptime(written, form)  # noqa: DTZ007 -- its zone follows
                )
            except ValueError:
                continue
            return self._placed(found, written)
        raise RowRejected(
            _("“%(written)s” is no date written like %(examples)s."),
            written=written[:60],
            examples=listed([_example(form) for form in self.formats]),
        )

    def _placed(self, found: datetime, written: str) -> datetime:
        if not EARLIEST <= found.year <= LATEST:
            raise RowRejected(
                _("“%(written)s” lies outside the years %(first)s to %(last)s."),
                written=written[:60],
                first=EARLIEST,
                last=LATEST,
            )
        local = found.astimezone(self.zone) if found.tzinfo else found.replace(tzinfo=self.zone)
        if self.precision == "month":
            local = datetime.combine(local.date().replace(day=1), time(), self.zone)
        elif self.precision == "day":
            local = datetime.combine(local.date(), time(), self.zone)
        return local.astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self.zone).date()

    def later(self, moment: datetime, days: int) -> datetime:
        """The same local hour so many days later."""
        return (moment.astimezone(self.zone) + timedelta(days=days)).astimezone(UTC)


@dataclass(frozen=True)
class Dated:
    """A moment and the column that gave it."""

    at: datetime
    by: str


class DateReader:
    """Reads one date of a case from a row: the first of its columns that is filled."""

    def __init__(
        self, sources: tuple[DateSource, ...], places: Mapping[str, int], calendar: Calendar
    ) -> None:
        self.sources = [
            (places[source.column], source.plus_days, source.name)
            for source in sources
            if source.column in places
        ]
        self.calendar = calendar

    def __call__(self, row: Row) -> Dated | None:
        for place, days, name in self.sources:
            written = row[place].strip()
            if written:
                moment = self.calendar.read(written)
                return Dated(self.calendar.later(moment, days) if days else moment, name)
        return None


def never(row: Row) -> Dated | None:
    """For a mapping that names no such date."""
    return None


def blank(row: Row) -> str:
    """For a mapping that names no such value."""
    return ""


__all__ = [
    "Calendar",
    "DateReader",
    "DateSource",
    "Dated",
    "Reader",
    "blank",
    "date_sources",
    "never",
]
