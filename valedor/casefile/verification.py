"""Whether the register is what was written: every chain, every personal part, every document's
bytes.

Cases are read as streams in one snapshot, ordered by case, and compared side by side, so that
memory does not grow with their number. docs/concepts/chains.md says what is proved and what is not.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from django.db import connection, models, transaction

from valedor.casefile import reads, store, timeline
from valedor.casefile.models import (
    Case,
    Deadline,
    Document,
    Entry,
    EntryContent,
    RawMessage,
    ReadLink,
)
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.foundation import chain
from valedor.people.administration import content_of
from valedor.people.models import AdministrationEntry

CHUNK = 2000
ERASED = "case.erased"
LIMIT_PASSED = "limits.passed"
DOCUMENT_ERASED = "document.erased"
TELL_OF_DOCUMENTS = frozenset({"document.kept", "document.receipt_drawn_up"})

Row = TypeVar("Row", bound=models.Model)


class Broken(NamedTuple):
    """Something that is not what was written. ``sequence`` is the line, where there is one."""

    reference: str
    sequence: int | None
    what: str


@dataclass
class Verified:
    """What was looked at, and what is broken."""

    cases: int = 0
    entries: int = 0
    documents: int = 0
    erased: int = 0
    broken: list[Broken] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The answer of ``valedor verify --json``."""
        return {
            "cases": self.cases,
            "entries": self.entries,
            "documents": self.documents,
            "erased": self.erased,
            "broken": [broken._asdict() for broken in self.broken],
        }


Say = Callable[[str], None]


def verify(references: Sequence[str] = (), *, say: Say = lambda _progress: None) -> Verified:
    """Verify some cases, or every case and the chains of administration and of reads."""
    found = Verified()
    house = the_house()
    with transaction.atomic():
        _take_one_snapshot()
        _verify_as(house, references, found, say)
    return found


def _verify_as(house: Viewer, references: Sequence[str], found: Verified, say: Say) -> None:
    with viewing(house):
        cases = Case.objects.order_by("pk")
        if references:
            cases = cases.filter(reference__in=references)
            known = set(cases.values_list("reference", flat=True))
            for missing in sorted(set(references) - known):
                found.broken.append(Broken(missing, None, "There is no such case."))
        streams = _Streams(cases if references else None)
        for case in cases.iterator(chunk_size=CHUNK):
            _verify_case(case, streams, found)
            if found.cases % 20_000 == 0:
                say(f"{found.cases} cases, {found.entries} entries, {len(found.broken)} broken")
        if not references:
            found.broken += streams.left_over()
            found.broken += verify_administration()
            found.broken += verify_reads()


def _take_one_snapshot() -> None:
    """All streams of one moment, where nothing was asked before in this transaction.

    Tests and callers inside a transaction of their own read statement by statement.
    """
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


# ------------------------------------------------------------------ streams
class _Stream:
    """Rows ordered by case, handed out case by case; what nobody asks for is left over."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._groups = groupby(rows, key=lambda row: row.case_id)
        self._case: int | None = None
        self._rows: list[Any] = []
        self.passed: list[Any] = []

    def of(self, case: int) -> list[Any]:
        while self._case is None or self._case < case:
            step = next(self._groups, None)
            if step is None:
                return []
            if self._case is not None and self._case < case:
                self.passed += self._rows
            self._case, self._rows = step[0], list(step[1])
        if self._case != case:
            return []
        rows, self._rows = self._rows, []
        return rows

    def rest(self) -> Iterator[Any]:
        yield from self.passed
        yield from self._rows
        for _case, rows in self._groups:
            yield from rows


class _Streams:
    def __init__(self, only: models.QuerySet[Case] | None) -> None:
        wanted = {} if only is None else {"case__in": only.values("pk")}

        def stream(rows: models.QuerySet[Row], *order: str, chunk: int = CHUNK) -> _Stream:
            ordered = rows.filter(**wanted).order_by("case_id", *order)
            return _Stream(ordered.iterator(chunk_size=chunk))

        self.entries = stream(Entry.objects.select_related("content"), "sequence")
        self.documents = stream(Document.objects.all(), "pk")
        self.deadlines = stream(Deadline.objects.all(), "pk")
        self.raw = stream(RawMessage.objects.exclude(case=None), "pk", chunk=50)

    def left_over(self) -> Iterator[Broken]:
        """Lines whose case row is gone."""
        for entry in self.entries.rest():
            yield Broken(f"case {entry.case_id}", entry.sequence, "The case of this line is gone.")


# ------------------------------------------------------------------ one case
def _verify_case(case: Case, streams: _Streams, found: Verified) -> None:
    entries: list[Entry] = streams.entries.of(case.pk)
    documents: list[Document] = streams.documents.of(case.pk)
    found.cases += 1
    found.entries += len(entries)
    erased_by = max((entry.sequence for entry in entries if entry.kind == ERASED), default=0)
    found.erased += bool(erased_by)
    problems = [
        *_chain_of(case, entries),
        *_contents_of(entries, erased_by),
        *_row_of(case, entries, erased_by),
        *_deadlines_of(entries, streams.deadlines.of(case.pk)),
        *_documents_of(entries, documents, erased_by),
        *_raw_of(streams.raw.of(case.pk), erased_by),
    ]
    found.documents += len(documents)
    found.broken += [Broken(case.reference, sequence, what) for sequence, what in problems]


Problems = Iterator[tuple[int | None, str]]


def _chain_of(case: Case, entries: Sequence[Entry]) -> Problems:
    previous, expected = chain.FIRST, 1
    for entry in entries:
        if entry.sequence != expected:
            yield expected, f"Line {expected} is missing; line {entry.sequence} follows."
            expected = entry.sequence
        elif bytes(entry.hash) != timeline.hash_of(entry, previous=previous):
            yield entry.sequence, f"Line {entry.sequence} was changed ({entry.kind})."
        previous, expected = bytes(entry.hash), expected + 1
    if not entries:
        yield 1, "The case has no lines."
    elif case.last_sequence != entries[-1].sequence:
        yield (
            case.last_sequence,
            f"The chain ends with line {entries[-1].sequence}, "
            f"while the case names line {case.last_sequence}.",
        )
    elif bytes(case.last_hash) != previous:
        yield entries[-1].sequence, "The case names another hash than its last line has."


def _contents_of(entries: Sequence[Entry], erased_by: int) -> Problems:
    for entry in entries:
        content: EntryContent | None = getattr(entry, "content", None)
        if content is None:
            if entry.content_digest is not None and entry.sequence > erased_by:
                yield entry.sequence, "Its personal part is missing and no erasure says why."
            continue
        if entry.content_digest is None or timeline.content_digest(content) != bytes(
            entry.content_digest
        ):
            yield entry.sequence, "Its personal part was changed."
            continue
        named = (content.case_id, content.entity_id, content.seats)
        if named != (entry.case_id, entry.entity_id, entry.seats):
            yield entry.sequence, "Its personal part names another case, entity or seats."


def _row_of(case: Case, entries: Sequence[Entry], erased_by: int) -> Problems:
    if not entries:
        return
    last = entries[-1]
    if case.stage != last.stage:
        yield last.sequence, f"The case is {case.stage}; its last line says {last.stage}."
    if case.holder_id != last.holder_id:
        yield last.sequence, "The case has another holder than its last line says."
    if (case.erased_at is not None) != bool(erased_by):
        yield last.sequence, "The case row and its lines differ on whether it was erased."


def _deadlines_of(entries: Sequence[Entry], deadlines: Sequence[Deadline]) -> Problems:
    told: dict[int, tuple[int, dict[str, Any]]] = {}
    for entry in entries:
        for line in entry.particulars.get("deadlines") or ():
            if isinstance(line, dict) and "deadline" in line:
                told[line["deadline"]] = (entry.sequence, line)
        if entry.kind == LIMIT_PASSED and entry.particulars.get("deadline") in told:
            _sequence, line = told[entry.particulars["deadline"]]
            told[line["deadline"]] = (entry.sequence, line | {"state": Deadline.State.MISSED})
    for deadline in deadlines:
        sequence, line = told.pop(deadline.pk, (None, None))
        if line is None:
            yield None, f"No line tells of the limit {deadline.regime}/{deadline.clock}."
            continue
        stands = {
            "clock": f"{deadline.regime}/{deadline.clock}",
            "state": str(deadline.state),
            "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
            "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        }
        for name, value in stands.items():
            if str(line.get(name)) != str(value):
                yield (
                    sequence,
                    f"The limit {stands['clock']} has {name} {value}, "
                    f"while the line says {line.get(name)}.",
                )
    for sequence, line in told.values():
        yield sequence, f"The limit {line.get('clock')} is gone."


def _documents_of(
    entries: Sequence[Entry], documents: Sequence[Document], erased_by: int
) -> Problems:
    told = {
        entry.particulars["document"]: entry
        for entry in entries
        if entry.kind in TELL_OF_DOCUMENTS and "document" in entry.particulars
    }
    alone = {entry.particulars["document"] for entry in entries if entry.kind == DOCUMENT_ERASED}
    for document in documents:
        entry = told.pop(document.pk, None)
        if entry is None:
            yield None, f"No line tells of document {document.pk}."
            continue
        if entry.particulars.get("digest") != bytes(document.salted_digest).hex():
            yield entry.sequence, "The document's digest was changed."
        elif (entry.pk, entry.particulars.get("size")) != (document.entry_id, document.size):
            yield entry.sequence, "The document names another line or another size."
        elif document.erased_at is not None:
            if entry.sequence > erased_by and document.pk not in alone:
                yield entry.sequence, "The document is marked as erased and no erasure says so."
        else:
            trouble = _bytes_of(document)
            if trouble:
                yield entry.sequence, trouble
    for entry in told.values():
        yield entry.sequence, "The document of this line is gone."


def _bytes_of(document: Document) -> str:
    salted = chain.salted_digest(bytes(document.salt or b""), {"sha256": document.sha256})
    if salted != bytes(document.salted_digest):
        return "The document's row was changed."
    try:
        with store.path_of(document.sha256).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "The document is missing from the disk."
    return "" if found == document.sha256 else "The document's bytes were changed."


def _raw_of(raw_messages: Sequence[RawMessage], erased_by: int) -> Problems:
    for raw in raw_messages:
        if raw.state == RawMessage.State.ERASED:
            if not erased_by:
                yield None, f"Raw message {raw.pk} is marked as erased and no erasure says so."
            continue
        if raw.content is None and not raw.stored_as:
            yield None, f"The bytes of raw message {raw.pk} are missing."
            continue
        if raw.content is not None:
            sha256 = hashlib.sha256(bytes(raw.content)).hexdigest()
        else:
            try:
                with store.path_of(raw.stored_as).open("rb") as file:
                    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:
                yield None, f"Raw message {raw.pk} is missing from the disk."
                continue
            if sha256 != raw.stored_as:
                yield None, f"The bytes of raw message {raw.pk} were changed."
        if raw.salt is not None and raw.salted_digest is not None:
            salted = chain.salted_digest(bytes(raw.salt), {"sha256": sha256})
            if salted != bytes(raw.salted_digest):
                yield None, f"The bytes of raw message {raw.pk} were changed."


# ------------------------------------------------------------------ the two other chains
def verify_administration() -> Iterator[Broken]:
    """The chain of the administration log."""
    previous, expected = chain.FIRST, 1
    for entry in AdministrationEntry.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        if entry.sequence != expected:
            yield Broken("administration", expected, f"Line {expected} is missing.")
            expected = entry.sequence
        elif bytes(entry.hash) != chain.link(previous, content_of(entry)):
            yield Broken("administration", entry.sequence, f"Line {expected} was changed.")
        previous, expected = bytes(entry.hash), expected + 1


def verify_reads() -> Iterator[Broken]:
    """The chain of reads. The newest reads wait for their place and are not in it yet."""
    previous, expected = chain.FIRST, 1
    links = ReadLink.objects.order_by("sequence").select_related("read")
    for link in links.iterator(chunk_size=CHUNK):
        if link.sequence != expected:
            yield Broken("reads", expected, f"Line {expected} is missing.")
            expected = link.sequence
        elif bytes(link.hash) != reads.hash_of(link.read, link.sequence, previous=previous):
            yield Broken("reads", link.sequence, f"Line {expected} was changed.")
        previous, expected = bytes(link.hash), expected + 1


def line_hashes(lines: Sequence[tuple[str, int]]) -> dict[tuple[str, int], bytes]:
    """The hashes that the database has now for some lines, named by chain and sequence."""
    found: dict[tuple[str, int], bytes] = {}
    cases = [(int(name[5:]), sequence) for name, sequence in lines if name.startswith("case:")]
    if cases:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT entry.case_id, entry.sequence, entry.hash
                FROM unnest(%s::bigint[], %s::bigint[]) AS named (case_id, sequence)
                JOIN casefile_entry AS entry USING (case_id, sequence)
                """,
                [[case for case, _ in cases], [sequence for _, sequence in cases]],
            )
            for case, sequence, hashed in cursor.fetchall():
                found[f"case:{case}", sequence] = bytes(hashed)
    for name, model in (("administration", AdministrationEntry), ("reads", ReadLink)):
        wanted = [sequence for chain_name, sequence in lines if chain_name == name]
        if wanted:
            rows = model._default_manager.filter(sequence__in=wanted)
            for sequence, hashed in rows.values_list("sequence", "hash"):
                found[name, sequence] = bytes(hashed)
    return found
