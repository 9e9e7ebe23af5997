"""Load files: read, compose and write at the same time, batch by batch, each batch one transaction.

While the writers wait for the database, the next batches are composed. What is committed is in a
stretch of the file (``ImportedStretch``), so that a run that was killed goes on where it stood;
and a row that is already a case, from this file or another, is counted and left alone.
"""

import csv
import hashlib
import logging
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.db import DataError, IntegrityError, connection

from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import moments
from valedor.intake.importing.categories import CategoryTree
from valedor.intake.importing.clockwork import Clockwork
from valedor.intake.importing.composing import Composer
from valedor.intake.importing.imported_row import ImportedRow, RowReader
from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.models import ImportedFile, ImportedStretch, ImportReject
from valedor.intake.importing.reading import Record, Shape, digest_of_file, open_file, records
from valedor.intake.importing.refusing import (
    MappingWrong,
    RowRejected,
    nearest,
    refused_by_database,
)
from valedor.intake.importing.tables import Lines, make_staging, send
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules, house_rules

BATCH = 1000
WRITERS = 2
_LONGEST_KEY = 110

logger = logging.getLogger(__name__)


@dataclass
class Summary:
    """What became of the complaints of some files. All but ``rows_read`` counts complaints, not
    lines.
    """

    rows_read: int = 0
    count_read: int = 0
    cases: int = 0
    already_present: int = 0
    rejected: int = 0

    @property
    def is_reconciled(self) -> bool:
        """Whether every complaint read became a case, was one already, or was rejected."""
        return self.count_read == self.cases + self.already_present + self.rejected


@dataclass(frozen=True)
class _Ready:
    """A row that becomes one case."""

    row: ImportedRow
    record: Record
    number: str


@dataclass
class _Batch:
    """Some records of a file on their way into the database."""

    first: int
    last: int
    ready: list[_Ready]
    rejects: list[ImportReject]
    already_present: int
    tables: list[Lines]


def load(
    mapping: Mapping,
    mapping_digest: str,
    paths: Sequence[Path],
    entity: Entity,
    *,
    at: datetime,
    tell: Callable[[Summary], None] = lambda summary: None,
    writers: int = WRITERS,
) -> tuple[Summary, list[ImportedFile]]:
    """Load files for an entity. Raises ``MappingWrong`` before anything is written."""
    shapes = [_shape_of(mapping, path) for path in paths]
    house = house_of(mapping, entity)
    summary = Summary()
    files = []
    with _only_one(entity, mapping):
        for path, shape in zip(paths, shapes, strict=True):
            file, _made = ImportedFile.objects.get_or_create(
                entity=entity,
                mapping=f"{mapping.name[:100]}:{mapping_digest[:12]}",
                source=mapping.source,
                sha256=digest_of_file(path),
                defaults={
                    "name": path.name[:255],
                    "begun_at": at,
                    "header": shape.first_record,
                    "mapping_text": mapping.text,
                },
            )
            _FileLoad(mapping, house, shape, path, file, summary, at=at, tell=tell).run(writers)
            files.append(file)
    return summary, files


def write_rejects(files: Sequence[ImportedFile], entity: Entity, path: Path) -> int:
    """Write the rejected rows of files as CSV: file, line, reason, and the row as it came."""
    written = 0
    with viewing(the_house(entity)), path.open("w", encoding="utf-8-sig", newline="") as output:
        rows = csv.writer(output)
        rows.writerow(["file", "line", "reason", "row"])
        names = {file.pk: file.name for file in files}
        rejects = ImportReject.objects.filter(file__in=files).order_by("file_id", "record")
        for reject in rejects.iterator(2000):
            content = bytes(reject.content).decode("utf-8", "backslashreplace").rstrip("\r\n")
            rows.writerow([names[reject.file_id], reject.line, reject.why, content])
            written += 1
    return written


def _shape_of(mapping: Mapping, path: Path) -> Shape:
    with open_file(path) as file:
        header = next(records(file, path.name, mapping.quote, mapping.delimiters), None)
        if header is None:
            raise MappingWrong(f"{path.name} is empty.", code="file_empty")
        try:
            return Shape(mapping, header, path.name)
        except RowRejected as rejected:
            raise MappingWrong(f"The header of {path.name}: {rejected}") from rejected


def house_of(mapping: Mapping, entity: Entity) -> HouseRules:
    """The entity's rules with what the mapping says otherwise: regimes, region and zone of the
    source.
    """
    house = house_rules(entity.pk)
    other = copy(house.entity)
    if mapping.regimes is not None:
        for regime in mapping.regimes:
            if regime not in house.versions:
                raise MappingWrong(
                    f"{mapping.name}: regimes: there is no regime “{regime}”."
                    f"{nearest(regime, house.versions)}"
                )
        other.regimes, other.promised_regimes = list(mapping.regimes), []
        house = replace(house, targets=())
    other.region = mapping.region or other.region
    other.timezone = mapping.timezone or other.timezone
    return replace(house, entity=other)


def numbers_of_key(key: str, complaints: int) -> list[str]:
    """What the source calls the complaints of a row that has a key."""
    number = key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
    return [
        number if ordinal == 1 else f"{number}#{ordinal}" for ordinal in range(1, complaints + 1)
    ]


def digest_of_cells(cells: Sequence[str]) -> bytes:
    """What equal rows without a key have in common."""
    return hashlib.sha256("\x1f".join(cell.strip() for cell in cells).encode()).digest()[:16]


class _only_one:  # noqa: N801 -- it reads as a sentence
    """One import of a source at a time: two would compose the same row twice."""

    def __init__(self, entity: Entity, mapping: Mapping) -> None:
        named = hashlib.sha256(f"import {entity.pk} {mapping.source}".encode()).digest()
        self.number = int.from_bytes(named[:8], signed=True)
        self.source = mapping.source

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self.number])
            if not cursor.fetchone()[0]:
                raise MappingWrong(
                    f"Another import of {self.source} is running.",
                    hint="wait until it ends, then type the same again",
                    code="import_running",
                )

    def __exit__(self, *_error: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [self.number])


class _FileLoad:
    """The load of one file."""

    def __init__(
        self,
        mapping: Mapping,
        house: HouseRules,
        shape: Shape,
        path: Path,
        file: ImportedFile,
        summary: Summary,
        *,
        at: datetime,
        tell: Callable[[Summary], None],
    ) -> None:
        self.mapping, self.house, self.shape, self.path = mapping, house, shape, path
        self.file, self.summary, self.at, self.tell = file, summary, at, tell
        zone = ZoneInfo(house.entity.timezone)
        self.reader = RowReader(
            mapping, shape, zone=zone, default_language=house.entity.default_language, at=at
        )
        self.categories = CategoryTree(house.entity, mapping.source, mapping.language)
        self.composer = Composer(
            house,
            mapping,
            self.categories,
            Clockwork(house, mapping.instance, at=at),
            file_name=path.name[:255],
            at=at,
        )
        self.composing = threading.Lock()
        self.counting = threading.Lock()
        self.batches: queue.Queue[_Batch | None] = queue.Queue(maxsize=WRITERS)
        self.failure: BaseException | None = None
        self._equal: Counter[bytes] = Counter()
        self._met: set[str] = set()
        self._done = self._stretches()

    # ---------------------------------------------------------------- reading
    def run(self, writers: int) -> None:
        """Read, compose and write the whole file."""
        threads = [threading.Thread(target=self._write_all, daemon=True) for _ in range(writers)]
        for thread in threads:
            thread.start()
        try:
            for batch in self._batches():
                self._put(batch)
        finally:
            for _thread in threads:
                self._put(None)
            for thread in threads:
                thread.join()
        if self.failure is not None:
            raise self.failure
        self.categories.widen()
        self._finish()
        self.tell(self.summary)

    def _put(self, batch: _Batch | None) -> None:
        while self.failure is None:
            try:
                self.batches.put(batch, timeout=0.5)
            except queue.Full:
                continue
            return
        if batch is not None:
            raise self.failure

    def _batches(self) -> Iterator[_Batch]:
        """The file in batches that are composed and not written."""
        gathered: list[_Ready] = []
        rejects: list[ImportReject] = []
        present, first, last = 0, 0, 0
        with open_file(self.path) as file:
            rows = records(file, self.path.name, self.mapping.quote, self.shape.delimiter)
            next(rows)  # The header.
            for record in rows:
                if first and (len(gathered) >= BATCH or record.number - first >= BATCH):
                    yield self._composed(first, last, gathered, rejects, present)
                    gathered, rejects, present, first = [], [], 0, 0
                self.summary.rows_read += 1
                is_done = self._is_done(record.number)
                if not is_done:
                    first, last = first or record.number, record.number
                elif first:
                    yield self._composed(first, last, gathered, rejects, present)
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
                        rejects.append(self._reject(record, rejected, len(fresh) or complaints))
                else:
                    if self.mapping.key:
                        self._met.update(fresh)
                    gathered += [_Ready(row, record, number) for number in fresh if row]
                self.summary.count_read += complaints
        if first:
            yield self._composed(first, last, gathered, rejects, present)

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

    def _reject(self, record: Record, rejected: RowRejected, complaints: int) -> ImportReject:
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

    # ---------------------------------------------------------------- composing
    def _composed(
        self, first: int, last: int, ready: list[_Ready], rejects: list[ImportReject], present: int
    ) -> _Batch:
        known = self._known([one.number for one in ready])
        fresh = [one for one in ready if one.number not in known]
        return _Batch(
            first, last, fresh, rejects, present + len(ready) - len(fresh), self._lines_of(fresh)
        )

    def _lines_of(self, ready: Sequence[_Ready]) -> list[Lines]:
        if not ready:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval('valedor_case_numbers') FROM generate_series(1, %s)", [len(ready)]
            )
            numbers = [number for (number,) in cursor.fetchall()]
        with self.composing:
            for one, number in zip(ready, numbers, strict=True):
                self.composer.compose(one.row, one.record, one.number, number)
            return self.composer.emptied()

    def _known(self, numbers: Sequence[str]) -> set[str]:
        """Those that are cases already."""
        if not numbers:
            return set()
        with viewing(the_house(self.file.entity_id)):
            found = Case.objects.filter(
                entity=self.file.entity_id,
                source=self.mapping.source,
                source_number__in=list(numbers),
            ).values_list("source_number", flat=True)
            return {number for number in found if number is not None}

    # ---------------------------------------------------------------- writing
    def _write_all(self) -> None:
        """A writer: one batch after the other, until there is none."""
        try:
            with self._server_cursor() as cursor:
                make_staging(cursor, self.composer.tables)
            while (batch := self._next()) is not None:
                self._write(batch)
        except BaseException as error:  # noqa: BLE001 -- raised again where the load was asked for
            self.failure = self.failure or error
        finally:
            connection.close()

    def _next(self) -> _Batch | None:
        while self.failure is None:
            try:
                return self.batches.get(timeout=0.5)
            except queue.Empty:
                continue
        return None

    def _write(self, batch: _Batch) -> None:
        try:
            cases = self._write_once(batch)
        except (DataError, IntegrityError):
            logger.warning("batch refused; its rows are written one by one")
            cases = self._write_singly(batch)
        rejected = sum(reject.complaints for reject in batch.rejects)
        with self.counting:
            self.summary.cases += cases
            self.summary.already_present += batch.already_present
            self.summary.rejected += rejected
            self.tell(self.summary)

    def _write_once(self, batch: _Batch) -> int:
        """Cases, rejected rows and the stretch, in one transaction."""
        with viewing(the_house(self.file.entity_id)):
            self._send(batch.tables)
            self._end(batch, len(batch.ready))
        return len(batch.ready)

    def _send(self, tables: Sequence[Lines]) -> None:
        with self._server_cursor() as cursor:
            send(cursor, tables)

    @contextmanager
    def _server_cursor(self) -> Iterator[psycopg.Cursor[Any]]:
        connection.ensure_connection()
        server: psycopg.Connection[Any] = connection.connection
        with connection.wrap_database_errors, psycopg.Cursor(server) as cursor:
            yield cursor

    def _end(self, batch: _Batch, cases: int) -> None:
        if batch.rejects:
            ImportReject.objects.bulk_create(batch.rejects, ignore_conflicts=True)
        ImportedStretch.objects.create(
            file=self.file,
            first_record=batch.first,
            last_record=batch.last,
            cases=cases,
            already_present=batch.already_present,
            rejected=sum(reject.complaints for reject in batch.rejects),
            done_at=moments.now(),
        )

    def _write_singly(self, batch: _Batch) -> int:
        """The same row by row: the one that the database does not take is rejected with its
        reason.
        """
        cases = 0
        for one in batch.ready:
            try:
                with viewing(the_house(self.file.entity_id)):
                    self._send(self._lines_of([one]))
                cases += 1
            except (DataError, IntegrityError) as error:
                batch.rejects.append(self._reject(one.record, refused_by_database(error), 1))
        with viewing(the_house(self.file.entity_id)):
            self._end(batch, cases)
        return cases

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

    def _finish(self) -> None:
        """The file is done; rows that it rejected under an older mapping are settled by this
        one.
        """
        ended_at = moments.now()
        with viewing(the_house(self.file.entity_id)):
            ImportReject.objects.filter(
                file__sha256=self.file.sha256,
                file__source=self.file.source,
                entity=self.file.entity_id,
                settled_at=None,
            ).exclude(file=self.file).update(settled_at=ended_at)
        ImportedFile.objects.filter(pk=self.file.pk, finished_at=None).update(finished_at=ended_at)
