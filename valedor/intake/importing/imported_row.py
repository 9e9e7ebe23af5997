"""One row as a case would have it: the mapping's expressions applied, everything checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as _

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
        # Of a file that lacks them, rows are known by their content.
        self._key = [places[column] for column in mapping.key if column in places]

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
            raise RowRejected(
                _("The count “%(written)s” is no whole number."), written=written[:40]
            ) from error
        if not 0 <= number <= MOST_COMPLAINTS:
            raise RowRejected(
                _("The row stands for %(count)s complaints; %(most)s is the most."),
                count=number,
                most=MOST_COMPLAINTS,
            )
        return number

    def key(self, cells: Sequence[str]) -> str:
        """What the file calls this row; empty when the mapping names no key columns."""
        if not self._key:
            return ""
        parts = [cells[place].strip() for place in self._key]
        if not any(parts):
            raise RowRejected(_("The row has nothing in its key columns."))
        return "/".join(parts)

    def read(self, cells: Sequence[str]) -> ImportedRow:
        """The case that a row tells of. Raises ``RowRejected`` with the reason."""
        of = self._of
        received = self._received(cells)
        if received is None:
            raise RowRejected(_("The row does not say when it was received."))
        if received.at > self.at:
            raise RowRejected(
                _("It would have been received in the future, on %(day)s."),
                day=self._day(received),
            )
        kind = of["kind"](cells)
        if kind not in _KINDS:
            raise RowRejected(_("“%(written)s” is no kind of contact."), written=kind[:60])
        channel = of["channel"](cells) or Case.Channel.IMPORT.value
        if channel not in _CHANNELS:
            raise RowRejected(_("“%(written)s” is no channel."), written=channel[:60])
        language = of["language"](cells) or self.language
        if language not in LANGUAGES:
            raise RowRejected(
                _("“%(written)s” is none of the four languages."), written=language[:20]
            )
        subject, narrative = of["subject"](cells), of["narrative"](cells)
        if not narrative and not subject:
            raise RowRejected(_("The row has no text."))
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
        self._check(row)
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
                raise RowRejected(_("The row is closed and does not say when."))
            return closed
        return self._closed(cells)

    def _check(self, row: ImportedRow) -> None:
        received, answered, closed = row.received, row.answered, row.closed
        if answered and answered.at < received.at:
            raise RowRejected(
                _("It was answered (%(answered)s) before it was received (%(received)s)."),
                answered=self._day(answered),
                received=self._day(received),
            )
        if row.answer and not answered:
            raise RowRejected(_("There is the text of an answer and no date of it."))
        if closed and closed.at < received.at:
            raise RowRejected(
                _("It was closed (%(closed)s) before it was received (%(received)s)."),
                closed=self._day(closed),
                received=self._day(received),
            )
        if closed and answered and closed.at < answered.at:
            raise RowRejected(
                _("It was closed (%(closed)s) before it was answered (%(answered)s)."),
                closed=self._day(closed),
                answered=self._day(answered),
            )
        for dated in (answered, closed):
            if dated and dated.at > self.at:
                raise RowRejected(_("%(day)s lies in the future."), day=self._day(dated))
        for what, text in (
            ("contract_number", row.contract_number),
            ("complainant.name", row.name),
            ("complainant.identity_number", row.identity_number),
            ("complainant.place", row.place),
            ("complainant.email", row.email),
            ("closing.outcome", row.outcome),
        ):
            if len(text) > _LONGEST[what]:
                raise RowRejected(
                    _("%(what)s has %(count)s characters; %(most)s is the most."),
                    what=what,
                    count=len(text),
                    most=_LONGEST[what],
                )

    def _day(self, dated: Dated) -> str:
        return self.calendar.day_of(dated.at).isoformat()
