"""The load of one file: read, compose and write at the same time, batch by batch, each batch one
transaction.

While the writers wait for the database, the next batches are composed. What is committed is in a
stretch of the file (``ImportedStretch``), so that a run that was killed goes on where it stood;
and a row that is already a case, from this file or another, is counted and left alone.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import DataError, IntegrityError, connection

from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import moments
from valedor.intake.importing.categories import CategoryTree
from valedor.intake.importing.clockwork import Clockwork
from valedor.intake.importing.composing import Composer
from valedor.intake.importing.gathering import Gathered, Gatherer, Ready
from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.models import ImportedFile, ImportedStretch, ImportReject
from valedor.intake.importing.reading import Shape
from valedor.intake.importing.refusing import refused_by_database
from valedor.intake.importing.summary import Summary
from valedor.intake.importing.tables import Lines, make_staging, send
from valedor.procedures.house_rules import HouseRules

WRITERS = 2

logger = logging.getLogger(__name__)


@dataclass
class _Batch(Gathered):
    """The same, composed, on its way into the database."""

    tables: list[Lines]


class FileLoad:
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
        self.gatherer = Gatherer(mapping, house.entity, shape, path, file, summary, at=at)
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

    def run(self, writers: int) -> None:
        """Read, compose and write the whole file."""
        threads = [threading.Thread(target=self._write_all, daemon=True) for _ in range(writers)]
        for thread in threads:
            thread.start()
        try:
            for gathered in self.gatherer.gathered():
                self._put(self._composed(gathered))
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

    # ---------------------------------------------------------------- composing
    def _composed(self, gathered: Gathered) -> _Batch:
        known = self._known([one.number for one in gathered.ready])
        fresh = [one for one in gathered.ready if one.number not in known]
        present = gathered.already_present + len(gathered.ready) - len(fresh)
        return _Batch(
            gathered.first, gathered.last, fresh, gathered.rejects, present, self._lines_of(fresh)
        )

    def _lines_of(self, ready: Sequence[Ready]) -> list[Lines]:
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
                batch.rejects.append(
                    self.gatherer.reject(one.record, refused_by_database(error), 1)
                )
        with viewing(the_house(self.file.entity_id)):
            self._end(batch, cases)
        return cases

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
