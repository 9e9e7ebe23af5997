"""The ways of counting that packs name (``countings.toml``)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from django.utils.translation import gettext as _

from valedor.clocks.counting import Counting, MonthEnd

from .reading import Table, each_of, parsed, text_of
from .sources import sources

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CountingTable:
    """A way of counting as an engine needs it, and what a reader should know of it."""

    counting: Counting
    title: str
    sources: tuple[str, ...]
    verified: bool
    note: str


@lru_cache(maxsize=1)
def countings() -> dict[str, CountingTable]:
    """Every way of counting, by key."""
    file = "countings.toml"
    top = Table(file, "", parsed(text_of(FOLDER / file), file))
    return each_of(top, _counting_table)


def _counting_table(key: str, table: Table) -> CountingTable:
    filing = table.choice("filed_electronically", ("next_business_day",), "")
    return CountingTable(
        counting=Counting(
            key=key,
            weekend=weekend(table),
            month_end=cast("MonthEnd", table.choice("month_end", get_args(MonthEnd))),
            roll_forward=table.boolean("roll_forward"),
            at_least_two_working_days=table.boolean("at_least_two_working_days", default=False),
            calendar=table.text("calendar", "") or None,
            electronic_filing_moves=filing == "next_business_day",
            own_closures=table.boolean("own_closures", default=False),
        ),
        title=table.text("title"),
        sources=table.choices("sources", sources()),
        verified=table.boolean("verified"),
        note=table.text("note", ""),
    )


def weekend(table: Table) -> frozenset[int]:
    """The days of the week on which nobody works."""
    days = table.value("weekend")
    if not isinstance(days, list) or not all(day in range(1, 8) for day in days) or len(days) > 6:
        table.refuse("weekend", _("%(file)s: %(key)s lists days from 1, Monday, to 7, Sunday."))
    return frozenset(days)
