"""One row as a case would have it: the mapping's expressions applied, everything checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.casefile.models import Case, Kind
from valedor.foundation.multilingual import LANGUAGES
from valedor.intake.importing.dates import Calendar, Dated, DateReader, blank, never
from valedor.intake.importing.expressions import reader_of
from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.reading import Shape
from valedor.intake.importing.refusing import RowRejected

MOST_COMPLAINTS = 20_000
_LONGEST = {
    "contract_number": 80,
    "complainant.name": 200,
    "complainant.identity_number": 40,
    "complainant.place": 120,
    "complainant.email": 254,
    "closing.outcome": 30,
}
_KINDS = frozenset(Kind.values)
_CHANNELS = frozenset(Case.Channel.values)


@dataclass(slots=True)
class ImportedRow:
    """What one row says about one case."""

    kind: str
    channel: str
    language: str
    subject: str
    narrative: str
    remedy_sought: str
    contract_number: str
    categories: tuple[str, ...]
    received: Dated
    answered: Dated | None
    answer: str
    closed: Dated | None
    outcome: str
    rating: str
    name: str
    email: str
    telephone: str
    postal_address: str
    identity_number: str
    place: str

    @property
    def names_somebody(self) -> bool:
        """Whether the row says who complained."""
        return bool(
            self.name or self.email or self.telephone or self.postal_address or self.identity_number
        )


class RowReader:
    """Reads the rows of one file."""

    def __init__(
        self, mapping: Mapping, shape: Shape, *, zone: ZoneInfo, default_language: str, at: datetime
    ) -> None:
        self.at = at
        self.calendar = Calendar(mapping.dates, zone, mapping.precision)
        self.language = mapping.language or default_language
        places = shape.places
        self._values = {
            name: reader_of(expressed, places) for name, expressed in mapping.values.items()
        }
        self._of = {name: self._values.get(name, blank) for name in (
            "kind", "channel", "language", "subject", "narrative", "remedy_sought",
            "contract_number", "answer.text", "closing.outcome", "closing.rating",
            "complainant.name", "complainant.email", "complainant.telephone",
            "complainant.postal_address", "complainant.identity_number", "complainant.place",
        )}  # fmt: skip
        self._categories = [reader_of(level, places) for level in mapping.categories]
        self._received = DateReader(mapping.received, places, self.calendar)
        self._answered = (
            DateReader(mapping.answered, places, self.calendar) if mapping.answered else never
        )
        self._closed = (
            DateReader(mapping.closed, places, self.calendar) if mapping.closed else never
        )
        self._when = mapping.closed_when
        self._when_place = places.get(self._when.column) if self._when else None
        self._count = places.get(mapping.count) if mapping.count else None
        self._key = [places[column] for column in mapping.key]

    def complaints(self, cells: Sequence[str]) -> int:
        """How many complaints the row stands for. Raises ``RowRejected``."""
        if self._count is None:
            return 1
        written = cells[self._count].strip()
        try:
            number = int(
                float(written.replace(",", ".")) if "." in written or "," in written else written
            )
        except (ValueError, OverflowError) as error:
            raise RowRejected(f"The count “{written[:40]}” is no whole number.") from error
        if not 0 <= number <= MOST_COMPLAINTS:
            raise RowRejected(
                f"The row stands for {number} complaints; {MOST_COMPLAINTS} is the most."
            )
        return number

    def key(self, cells: Sequence[str]) -> str:
        """What the file calls this row; empty when the mapping names no key columns."""
        if not self._key:
            return ""
        parts = [cells[place].strip() for place in self._key]
        if not any(parts):
            raise RowRejected("The row has nothing in its key columns.")
        return "/".join(parts)

    def read(self, cells: Sequence[str]) -> ImportedRow:
        """The case that a row tells of. Raises ``RowRejected`` with the reason."""
        of = self._of
        received = self._received(cells)
        if received is None:
            raise RowRejected("The row does not say when it was received.")
        if received.at > self.at:
            day = self.calendar.day_of(received.at)
            raise RowRejected(f"It would have been received in the future, on {day}.")
        kind = of["kind"](cells)
        if kind not in _KINDS:
            raise RowRejected(f"“{kind[:60]}” is no kind of contact.")
        channel = of["channel"](cells) or Case.Channel.IMPORT.value
        if channel not in _CHANNELS:
            raise RowRejected(f"“{channel[:60]}” is no channel.")
        language = of["language"](cells) or self.language
        if language not in LANGUAGES:
            raise RowRejected(f"“{language[:20]}” is none of the four languages.")
        subject, narrative = of["subject"](cells), of["narrative"](cells)
        if not narrative and not subject:
            raise RowRejected("The row has no text.")
        row = ImportedRow(
            kind=kind,
            channel=channel,
            language=language,
            subject=subject,
            narrative=narrative,
            remedy_sought=of["remedy_sought"](cells),
            contract_number=of["contract_number"](cells),
            categories=tuple(filter(None, [level(cells) for level in self._categories])),
            received=received,
            answered=self._answered(cells),
            answer=of["answer.text"](cells),
            closed=self._closing(cells),
            outcome=of["closing.outcome"](cells),
            rating=of["closing.rating"](cells),
            name=of["complainant.name"](cells),
            email=of["complainant.email"](cells),
            telephone=of["complainant.telephone"](cells),
            postal_address=of["complainant.postal_address"](cells),
            identity_number=of["complainant.identity_number"](cells),
            place=of["complainant.place"](cells),
        )
        _check(row, self.calendar, self.at)
        return row

    def _closing(self, cells: Sequence[str]) -> Dated | None:
        if self._when is not None:
            if self._when_place is None:
                return None
            word = " ".join(cells[self._when_place].split()).casefold()
            if word not in self._when.words:
                return None
            closed = self._closed(cells)
            if closed is None:
                raise RowRejected("The row is closed and does not say when.")
            return closed
        return self._closed(cells)


def _check(row: ImportedRow, calendar: Calendar, at: datetime) -> None:
    if row.answered and row.answered.at < row.received.at:
        raise RowRejected(
            f"It was answered ({calendar.day_of(row.answered.at)}) before it was received "
            f"({calendar.day_of(row.received.at)})."
        )
    if row.answer and not row.answered:
        raise RowRejected("There is the text of an answer and no date of it.")
    if row.closed and row.closed.at < row.received.at:
        raise RowRejected(
            f"It was closed ({calendar.day_of(row.closed.at)}) before it was received "
            f"({calendar.day_of(row.received.at)})."
        )
    if row.closed and row.answered and row.closed.at < row.answered.at:
        raise RowRejected(
            f"It was closed ({calendar.day_of(row.closed.at)}) before it was answered "
            f"({calendar.day_of(row.answered.at)})."
        )
    for dated in (row.answered, row.closed):
        if dated and dated.at > at:
            raise RowRejected(f"{calendar.day_of(dated.at)} lies in the future.")
    for what, text in (
        ("contract_number", row.contract_number),
        ("complainant.name", row.name),
        ("complainant.identity_number", row.identity_number),
        ("complainant.place", row.place),
        ("complainant.email", row.email),
        ("closing.outcome", row.outcome),
    ):
        if len(text) > _LONGEST[what]:
            raise RowRejected(f"{what} has {len(text)} characters; {_LONGEST[what]} is the most.")
