"""A weekly plan as a table that a spreadsheet reads and writes: day, from, to, rank, person."""

import csv
import io
from collections.abc import Sequence
from datetime import time

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, Refused
from valedor.incidents.duty.actions.set_plan import TurnGiven
from valedor.incidents.duty.models import Day
from valedor.people.models import Account

COLUMNS = ("day", "from", "to", "rank", "person")
LARGEST = 200_000


def written(turns: Sequence[TurnGiven]) -> str:
    """The table: days by their English names, times as 08:00, people by their user name."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in turns:
        hours = (f"{one.begins:%H:%M}", f"{one.ends:%H:%M}")
        table.writerow([one.day, *hours, one.rank, one.account.username])
    return out.getvalue()


def read(content: bytes, *, members: Sequence[Account]) -> list[TurnGiven]:
    """The turns of a table, with commas or semicolons. Raises ``Refused`` naming the line."""
    if len(content) > LARGEST:
        raise Refused(Refusal("csv_large", _("This file is too large for a plan.")))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Refusal("csv_unreadable", _("This file is not text in UTF-8."))) from error
    first = text.split("\n", 1)[0]
    table = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    names = [name.strip().lower() for name in table.fieldnames or ()]
    if set(COLUMNS) - set(names):
        raise Refused(
            Refusal(
                "csv_columns",
                _("The first line has to name these columns: %(columns)s."),
                {"columns": ", ".join(COLUMNS)},
            )
        )
    table.fieldnames = names
    known = {one.username: one for one in members}
    try:
        return [
            turn_of(
                {name: str(row.get(name) or "") for name in COLUMNS}, known, place=table.line_num
            )
            for row in table
            if any((row.get(name) or "").strip() for name in COLUMNS)
        ]
    except csv.Error as error:
        raise Refused(Refusal("csv_unreadable", _("This file is no table."))) from error


def turn_of(row: dict[str, str], known: dict[str, Account], *, place: int) -> TurnGiven:
    """One turn from the words of a line. Raises ``Refused``."""
    said = {name: text.strip() for name, text in row.items()}
    day = said["day"].lower()
    if day not in Day.values:
        raise _wrong(place, _("line %(line)s: “%(word)s” is no day; write %(known)s."), said["day"],
                     known=", ".join(Day.values))  # fmt: skip
    account = known.get(said["person"])
    if account is None:
        words = _("line %(line)s: “%(word)s” is nobody of this team who handles cases.")
        raise _wrong(place, words, said["person"])
    rank = said["rank"] or "1"
    if not (rank.isascii() and rank.isdigit() and len(rank) == 1 and rank != "0"):
        raise _wrong(place, _("line %(line)s: the rank “%(word)s” is none of 1 to 9."), rank)
    return TurnGiven(day, _time(said["from"], place), _time(said["to"], place), account, int(rank))


def time_of(text: str) -> time | None:
    """A time of the day as people write it; 24:00 is midnight. Nothing for what is none."""
    try:
        return time() if text == "24:00" else time.fromisoformat(text.zfill(5)).replace(second=0)
    except ValueError:
        return None


def _time(text: str, place: int) -> time:
    found = time_of(text)
    if found is None:
        raise _wrong(place, _("line %(line)s: “%(word)s” is no time; write 08:00."), text)
    return found


def _wrong(place: int, sentence: object, word: str, **more: object) -> Refused:
    values = {"line": place, "word": word, **more}
    return Refused(Refusal("csv_line", sentence, values))  # type: ignore[arg-type]
