"""Read a rejected row again, as a person has corrected it, by the mapping that it came under."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from psycopg import sql

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.intake import rules
from valedor.intake.facts import RowCorrected
from valedor.intake.importing.categories import CategoryTree
from valedor.intake.importing.clockwork import Clockwork
from valedor.intake.importing.composing import Composer
from valedor.intake.importing.imported_row import ImportedRow, RowReader
from valedor.intake.importing.loading import house_of
from valedor.intake.importing.mapping import Mapping, mapping_from
from valedor.intake.importing.models import ImportReject
from valedor.intake.importing.naming import digest_of_cells, numbers_of_key
from valedor.intake.importing.reading import Record, Shape
from valedor.intake.importing.refusing import MappingWrong, RowRejected, refused_by_database
from valedor.intake.importing.tables import make_staging, send
from valedor.people.models import Account


@transaction.atomic
def take_corrected_row(reject: ImportReject, *, text: str, by: Account, at: datetime) -> list[Case]:
    """The cases that the corrected row tells of, by default one, as if it had come so.

    What was rejected stays as it came; what was corrected is the raw message of each case, and a
    line of its timeline says who did it. Raises ``Refused``, with the reason of the reader where
    the row is still wrong.
    """
    with viewing(the_house(reject.entity_id)):
        reject = (
            ImportReject.objects.select_for_update(of=("self",))
            .select_related("entity", "file")
            .get(pk=reject.pk)
        )
        viewer = viewer_of(by).within(reject.entity_id)
        refuse_if(rules.why_not_take_row(reject, viewer))
        try:
            cases = _Reread(reject, at=at).cases_of(text)
        except (MappingWrong, RowRejected) as wrong:
            raise Refused(
                Refusal("row_rejected", _("It is still no case: %(why)s"), {"why": str(wrong)})
            ) from wrong
        fact = RowCorrected(file=reject.file.name, line=reject.line, reject=reject.pk)
        for case in cases:
            timeline.record(locked(case), fact, by=staff(by), at=at)
        reject.settled_at, reject.settled_by, reject.case = at, by, cases[0]
        reject.save(update_fields=["settled_at", "settled_by", "case"])
        return cases


def row_as_text(reject: ImportReject) -> str:
    """A row as a person can correct it, read as the mapping says, else as far as it can be."""
    content = bytes(reject.content)
    try:
        mapping = _mapping_of(reject)
    except MappingWrong:
        return content.decode("utf-8", "replace")
    for encoding in mapping.encodings:
        try:
            return content.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace").rstrip("\r\n")


def columns_of(reject: ImportReject) -> list[str]:
    """The names of the columns, in the order of the file; none where they cannot be read."""
    try:
        mapping = _mapping_of(reject)
        header = Record(1, 1, bytes(reject.file.header))
        return Shape(mapping, header, reject.file.name).header
    except (MappingWrong, RowRejected):
        return []


def _mapping_of(reject: ImportReject) -> Mapping:
    name = reject.file.mapping.partition(":")[0]
    return mapping_from(bytes(reject.file.mapping_text), f"{name}.toml")


class _Reread:
    """One row of a file, under the mapping and the header that it came with."""

    def __init__(self, reject: ImportReject, *, at: datetime) -> None:
        file, self.reject = reject.file, reject
        self.mapping = _mapping_of(reject)
        self.house = house_of(self.mapping, reject.entity)
        self.shape = Shape(self.mapping, Record(1, 1, bytes(file.header)), file.name)
        self.reader = RowReader(
            self.mapping,
            self.shape,
            zone=ZoneInfo(self.house.entity.timezone),
            default_language=self.house.entity.default_language,
            at=at,
        )
        self.categories = CategoryTree(
            self.house.entity, self.mapping.source, self.mapping.language
        )
        clockwork = Clockwork(self.house, self.mapping.instance, at=at)
        self.composer = Composer(
            self.house, self.mapping, self.categories, clockwork, file_name=file.name, at=at
        )

    def cases_of(self, text: str) -> list[Case]:
        """Read, compose, write. Raises ``RowRejected``, and ``Refused`` for a case that is there
        already.
        """
        record = Record(self.reject.record, self.reject.line, self._encoded(text))
        cells = self.shape.cells(record)
        numbers = self._numbers(cells)
        row = self.reader.read(cells)
        self._refuse_known(numbers)
        try:
            with transaction.atomic():
                self._write(row, record, numbers)
        except (DataError, IntegrityError) as error:
            raise refused_by_database(error) from error
        self.categories.widen()
        return list(self._known(numbers))

    def _encoded(self, text: str) -> bytes:
        """As the file would have it: in the first encoding that gives the same text back."""
        for encoding in self.mapping.encodings:
            try:
                content = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            if self.shape.decoded(content) == text:
                return content
        raise RowRejected(
            gettext_noop("The row holds characters that no encoding of the mapping knows.")
        )

    def _numbers(self, cells: Sequence[str]) -> list[str]:
        complaints = self.reader.complaints(cells)
        if complaints == 0:
            raise RowRejected(gettext_noop("The row stands for no complaint at all."))
        key = self.reader.key(cells)
        if key:
            return numbers_of_key(key, complaints)
        # Rows that are equal are told apart by their ordinal: this one comes after those known.
        named = digest_of_cells(cells).hex()
        equal = Case.objects.filter(
            entity=self.reject.entity,
            source=self.mapping.source,
            source_number__startswith=f"{named}-",
        ).count()
        return [f"{named}-{equal + ordinal}" for ordinal in range(1, complaints + 1)]

    def _refuse_known(self, numbers: Sequence[str]) -> None:
        for case in self._known(numbers)[:1]:
            raise Refused(
                Refusal(
                    "present_already",
                    _("Case %(reference)s came in under this number: set the row aside instead."),
                    {"reference": case.reference},
                )
            )

    def _known(self, numbers: Sequence[str]) -> "list[Case]":
        found = Case.objects.filter(
            entity=self.reject.entity, source=self.mapping.source, source_number__in=numbers
        )
        return list(found.select_related("entity").order_by("pk"))

    def _write(self, row: ImportedRow, record: Record, numbers: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval('valedor_case_numbers') FROM generate_series(1, %s)",
                [len(numbers)],
            )
            drawn = [number for (number,) in cursor.fetchall()]
        for source_number, number in zip(numbers, drawn, strict=True):
            self.composer.compose(row, record, source_number, number)
        server: psycopg.Connection[object] = connection.connection
        with connection.wrap_database_errors, psycopg.Cursor(server) as cursor:
            make_staging(cursor, self.composer.tables)
            send(cursor, self.composer.emptied())
            for table in self.composer.tables:  # The connection goes on to other requests.
                cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(table.staging)))
