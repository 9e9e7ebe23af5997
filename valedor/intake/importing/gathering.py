"""The rows of a file in the order in which they stand there, gathered into batches: read, named,
and those left out that an earlier run finished.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from valedor.intake.importing.imported_row import ImportedRow, RowReader
from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.models import ImportedFile, ImportReject
from valedor.intake.importing.naming import digest_of_cells, numbers_of_key
from valedor.intake.importing.reading import Record, Shape, open_file, records
from valedor.intake.importing.refusing import RowRejected
from valedor.intake.importing.summary import Summary
from valedor.people.models import Entity

BATCH = 1000


@dataclass(frozen=True)
class Ready:
    """A row that becomes one case."""

    row: ImportedRow
    record: Record
    number: str


@dataclass
class Gathered:
    """Some records of a file, from the first to the last of them."""

    first: int
    last: int
    ready: list[Ready]
    rejects: list[ImportReject]
    already_present: int


class Gatherer:
    """Whoever reads one file, once."""

    def __init__(
        self,
        mapping: Mapping,
        entity: Entity,
        shape: Shape,
        path: Path,
        file: ImportedFile,
        summary: Summary,
        *,
        at: datetime,
    ) -> None:
        self.mapping, self.shape, self.path = mapping, shape, path
        self.file, self.summary, self.at = file, summary, at
        self.reader = RowReader(
            mapping,
            shape,
            zone=ZoneInfo(entity.timezone),
            default_language=entity.default_language,
            at=at,
        )
        self._equal: Counter[bytes] = Counter()
        self._met: set[str] = set()
        self._done = self._stretches()

    def gathered(self) -> Iterator[Gathered]:
        """The file in batches that are neither composed nor written."""
        gathered: list[Ready] = []
        rejects: list[ImportReject] = []
        present, first, last = 0, 0, 0
        with open_file(self.path) as file:
            rows = records(file, self.path.name, self.mapping.quote, self.shape.delimiter)
            next(rows)  # The header.
            for record in rows:
                if first and (len(gathered) >= BATCH or record.number - first >= BATCH):
                    yield Gathered(first, last, gathered, rejects, present)
                    gathered, rejects, present, first = [], [], 0, 0
                self.summary.rows_read += 1
                is_done = self._is_done(record.number)
                if not is_done:
                    first, last = first or record.number, record.number
                elif first:
                    yield Gathered(first, last, gathered, rejects, present)
                    gathered, rejects, present, first = [], [], 0, 0
                complaints, row = 1, None
                fresh: list[str] = []
                try:
                    cells = self.shape.cells(record)
                    complaints = self.reader.complaints(cells)
                    numbers = self._numbers(cells, complaints)
                    if not is_done:
                        fresh = [number for number in numbers if number not in self._met]
                        present += complaints - len(fresh)
                        row = self.reader.read(cells) if fresh else None
                except RowRejected as rejected:
                    if not is_done:
                        rejects.append(self.reject(record, rejected, len(fresh) or complaints))
                else:
                    if self.mapping.key:
                        self._met.update(fresh)
                    gathered += [Ready(row, record, number) for number in fresh if row]
                self.summary.count_read += complaints
        if first:
            yield Gathered(first, last, gathered, rejects, present)

    def _numbers(self, cells: Sequence[str], complaints: int) -> list[str]:
        """What the source would call the complaints of a row: its key, or its digest and its
        ordinal among equal rows of the file.
        """
        key = self.reader.key(cells)
        if key:
            return numbers_of_key(key, complaints)
        digest = digest_of_cells(cells)
        before = self._equal[digest]
        self._equal[digest] = before + complaints
        named = digest.hex()
        return [f"{named}-{before + ordinal}" for ordinal in range(1, complaints + 1)]

    def reject(self, record: Record, rejected: RowRejected, complaints: int) -> ImportReject:
        """A row of which no case could be made."""
        return ImportReject(
            entity_id=self.file.entity_id,
            file=self.file,
            record=record.number,
            line=record.line,
            content=record.content,
            reason=rejected.sentence,
            reason_values=rejected.values,
            complaints=complaints,
            rejected_at=self.at,
        )

    # ---------------------------------------------------------------- what was done before
    def _stretches(self) -> list[tuple[int, int]]:
        """The records that an earlier run finished; their complaints count as present or
        rejected.
        """
        done = []
        for stretch in self.file.stretches.order_by("first_record"):
            done.append((stretch.first_record, stretch.last_record))
            self.summary.already_present += stretch.cases + stretch.already_present
            self.summary.rejected += stretch.rejected
        return done

    def _is_done(self, record: int) -> bool:
        while self._done and self._done[0][1] < record:
            self._done.pop(0)
        return bool(self._done) and self._done[0][0] <= record
