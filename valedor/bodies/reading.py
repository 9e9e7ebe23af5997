"""Bodies out of a file, TOML or CSV: each field checked where it stands, nothing guessed."""

import csv
import io
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from valedor.bodies import schema
from valedor.bodies.models import Body
from valedor.bodies.rules import kinds_outside
from valedor.bodies.schema import FIELDS, LANGUAGE_COLUMNS, Field, Holds
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region
from valedor.procedures.reading import Table
from valedor.procedures.refusals import PackRefused, nearest
from valedor.procedures.vocabulary_tables import vocabulary

Row = dict[str, Any]
_UNKNOWN = "%(file)s: %(key)s says “%(word)s”, unknown here; the nearest is “%(near)s”."
MOST = 10_000


def read(text: str, *, file: str) -> list[Row]:
    """The versions of bodies that a file tells of, each with all fields, in its order.

    Raises ``PackRefused`` naming file, key and the nearest known word.
    """
    tables = _of_csv(text, file) if file.lower().endswith(".csv") else _of_toml(text, file)
    rows: list[Row] = []
    for table in tables:
        row = {field.name: _READERS[field.holds](table, field) for field in FIELDS}
        table.finish()
        row["country"] = _country(table, row["place"])
        _say_what_is_written_twice(table, row, rows)
        rows.append(row)
        if len(rows) > MOST:
            table.refuse("", _("%(file)s tells of more than %(most)s bodies: part it."), most=MOST)
    if not rows:
        raise PackRefused(
            _("%(file)s tells of no body: begin each with [[bodies]].") % {"file": file}, file=file
        )
    return rows


def _say_what_is_written_twice(table: Table, row: Row, before: list[Row]) -> None:
    for other in before:
        if (other["key"], other["valid_from"]) == (row["key"], row["valid_from"]):
            table.refuse(
                "key",
                _("%(file)s: %(key)s is “%(word)s” from %(day)s, which the file has already."),
                word=row["key"],
                day=row["valid_from"].isoformat(),
            )


# ------------------------------------------------------------------ TOML
def _of_toml(text: str, file: str) -> Iterator[Table]:
    try:
        top = Table(file, "", tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackRefused(
            _("%(file)s is not well-formed TOML: %(reason)s.") % {"file": file, "reason": error},
            file=file,
        ) from error
    found = top.tables("bodies")
    top.finish()
    yield from found


# ------------------------------------------------------------------ CSV
def _of_csv(text: str, file: str) -> Iterator[Table]:
    """Each row as a table, under its line. An empty cell says nothing."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        known = schema.columns()
        for column in head:
            if column not in known:
                raise PackRefused(
                    _(_UNKNOWN)
                    % {
                        "file": file,
                        "key": _("line 1"),
                        "word": column,
                        "near": nearest(column, known),
                    },
                    file=file,
                )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                key = _("line %(number)s") % {"number": reader.line_num}
                filled = zip(head, cells, strict=False)
                yield Table(file, key, _as_fields({n: c.strip() for n, c in filled if c.strip()}))
    except csv.Error as error:
        raise PackRefused(
            _("%(file)s, line %(line)s: no row of a CSV file (%(reason)s).")
            % {"file": file, "line": reader.line_num, "reason": error},
            file=file,
        ) from error


def _as_fields(cells: dict[str, str]) -> Row:
    """What a row of cells says, as TOML would say it."""
    said: Row = {}
    for field in FIELDS:
        if field.holds is Holds.WORDS:
            words = {
                code: cells[f"{field.name}_{code}"]
                for code in LANGUAGE_COLUMNS
                if f"{field.name}_{code}" in cells
            }
            said |= {field.name: words} if words else {}
        elif field.name in cells:
            said[field.name] = _cell(field, cells[field.name])
    return said


def _cell(field: Field, cell: str) -> Any:
    if field.holds is Holds.TEXTS:
        return cell.replace(",", " ").split()
    if field.holds is Holds.DAY:
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell  # The reader of days says what is wrong, and where.
    return cell.replace("\\n", "\n")


# ------------------------------------------------------------------ fields
def _text(table: Table, field: Field) -> str:
    if field.name == "kind":
        return table.choice("kind", kinds_outside())
    if field.name == "method":
        return table.choice("method", Body.Method.values)
    if field.vocabulary:
        return table.choice(field.name, vocabulary(field.vocabulary), "")
    return table.text(field.name, None if field.is_needed else "").strip()


def _words(table: Table, field: Field) -> dict[str, str]:
    inner = table.table(field.name)
    words = {}
    for code in inner.names():
        if code not in LANGUAGE_COLUMNS:
            inner.refuse(
                code, _("%(file)s: %(key)s is no language of ours; write en, es, ca or pt-BR.")
            )
        words[LANGUAGE_COLUMNS[code]] = inner.text(code)
    if field.is_needed and not words:
        table.refuse(field.name, _("%(file)s: %(key)s is missing."))
    return words


def _amount(table: Table, field: Field) -> Decimal | None:
    text = table.text(field.name, "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or round(amount, 2) != amount:
        table.refuse(
            field.name, _('%(file)s: %(key)s must be an amount in quotes, such as "60.00".')
        )
    return amount


def _day(table: Table, field: Field) -> date | None:
    if field.is_needed and not table.has(field.name):
        table.value(field.name)
    table.knows(field.name)
    return table.day(field.name)


def _country(table: Table, place: str) -> str:
    try:
        return region(place).country
    except ClockRefused as refused:
        near = refused.particulars["nearest"]
        table.refuse("place", _(_UNKNOWN), word=place, near=near)


_READERS: dict[Holds, Callable[[Table, Field], Any]] = {
    Holds.TEXT: _text,
    Holds.WORDS: _words,
    Holds.TEXTS: lambda table, field: list(table.texts(field.name, ())),
    Holds.AMOUNT: _amount,
    Holds.DAY: _day,
}
