"""Take in the bodies of a file, all or nothing, and write them out as such a file."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from valedor.bodies import reading
from valedor.bodies.actions.set_body import set_body
from valedor.bodies.models import Body
from valedor.bodies.schema import FIELDS, LANGUAGE_COLUMNS, Holds, columns
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, AdministrationEntry
from valedor.procedures.refusals import PackRefused

SHIPPED = Path(__file__).parent / "shipped"
_HEAD = "# Bodies outside the house, as valedor bodies reads them (docs/reference/bodies.md).\n"


@dataclass(frozen=True)
class TakenIn:
    """What came of a file: how many versions it tells of, and the lines of the log."""

    told: int
    lines: list[AdministrationEntry]


@transaction.atomic
def take_in(
    text: str, *, file: str, by: Account | None, at: datetime, check: bool = False
) -> TakenIn:
    """Set every version that a file tells of; with ``check``, undo it again.

    What the file does not tell of stays. Raises ``PackRefused`` for the first thing that may not
    be; nothing is changed then.
    """
    rows = reading.read(text, file=file)
    last = AdministrationEntry.objects.aggregate(last=models.Max("sequence"))["last"] or 0
    for row in _in_turn(rows):
        try:
            set_body(**row, by=by, at=at)
        except Refused as refused:
            raise PackRefused(
                _("%(file)s: %(key)s: %(reason)s")
                % {"file": file, "key": row["key"], "reason": str(refused.refusal)},
                file=file,
                key=row["key"],
            ) from refused
    lines = list(AdministrationEntry.objects.filter(sequence__gt=last).order_by("sequence"))
    if check:
        transaction.set_rollback(True)
    return TakenIn(len(rows), lines)


def _in_turn(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """By key and first day. A version without an end ends where the file has the next one begin."""
    ordered = sorted(rows, key=lambda one: (one["key"], one["valid_from"]))
    for row, following in pairwise(ordered):
        if row["key"] == following["key"] and row["valid_until"] is None:
            row["valid_until"] = following["valid_from"] - timedelta(days=1)
    return ordered


def take_in_shipped(country: str, *, by: Account | None, at: datetime) -> TakenIn | None:
    """The sample that comes with the product for a country; none where it has none."""
    path = SHIPPED / f"{country.lower()}.toml"
    if not path.exists():
        return None
    return take_in(path.read_text("utf-8"), file=path.name, by=by, at=at)


# ------------------------------------------------------------------ written out
def as_toml(bodies: Iterable[Body]) -> str:
    """Bodies as a file that, read back, changes nothing."""
    return _HEAD + "".join(_table(body) for body in bodies)


def as_csv(bodies: Iterable[Body]) -> str:
    """The same for a spreadsheet: a text in languages has a column for each."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns())
    for body in bodies:
        writer.writerow(
            [cell for field in FIELDS for cell in _cells(body, field.name, field.holds)]
        )
    return file.getvalue()


def _table(body: Body) -> str:
    lines = ["", "[[bodies]]"]
    for field in FIELDS:
        value = getattr(body, field.name)
        if value not in (None, "", [], {}):
            lines.append(f"{field.name} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f'"{value:.2f}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_value(text)}" for k, text in _in_files(value)) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # JSON's escapes are TOML's, but for one that JSON leaves as it is.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_files(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, words[ours]) for code, ours in LANGUAGE_COLUMNS.items() if words.get(ours)]


def _cells(body: Body, name: str, holds: Holds) -> list[str]:
    value = getattr(body, name)
    if holds is Holds.WORDS:
        words = dict(_in_files(value))
        return [words.get(code, "").replace("\n", "\\n") for code in LANGUAGE_COLUMNS]
    if value is None:
        return [""]
    if holds is Holds.TEXTS:
        return [" ".join(value)]
    return [f"{value:.2f}" if isinstance(value, Decimal) else str(value).replace("\n", "\\n")]
