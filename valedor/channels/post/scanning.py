"""Letters that come in as scans: kept as they came, then opened, and parted where several lie in
one file.

The bytes are committed before anything opens them. What cannot be opened waits for a person by its
name, like every letter; nothing of it is lost.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from valedor.casefile import store, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.arrivals import Bytes, content_of, is_new, raw_of
from valedor.casefile.models import Case, Document, Entry, RawMessage
from valedor.casefile.seats import EVERYONE
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.post import sheets
from valedor.channels.post.facts import ScanFiled
from valedor.channels.post.models import Scan
from valedor.channels.post.separator import MARK
from valedor.channels.post.sheets import SheetTrouble
from valedor.foundation import rows
from valedor.foundation.jobs import job_statement
from valedor.people.models import Account, Entity

OPEN = "valedor.channels.tasks.open_scan"
READ = "valedor.channels.tasks.read_scan"
KEPT_FOR = timedelta(days=30)
"""How long a stack is kept beside its letters, once they have all been seen to."""
WAITS = "scanned letter"
"""Why a letter waits that could be opened: somebody reads it and says what it is."""


def keep_scan(
    content: Bytes,
    *,
    entity: Entity,
    name: str,
    media_type: str,
    channel: str,
    received_at: datetime,
    at: datetime,
    by: Account | None = None,
    token: str | None = None,
    stack: Scan | None = None,
) -> Scan | None:
    """Keep what a scanner or a fax delivered, and have it opened, in the current transaction.

    ``received_at`` is when the paper reached the house, as its stamp says; ``at`` is now. ``stack``
    is what it came out of. Nothing where one of the same ``token`` is there already. Raises
    ``OSError`` where the disk does not take it.
    """
    raw = raw_of(
        content,
        entity_id=entity.pk,
        channel=channel,
        media_type=media_type,
        envelope={"file": name, "account": by.pk if by else None, "size": len(content)},
        at=min(received_at, at),
        token=token,
    )
    if not is_new(raw):
        return None
    scan = rows.fresh(
        Scan,
        raw_id=raw.pk,
        entity_id=entity.pk,
        seats=int(EVERYONE),
        by_id=by.pk if by else None,
        name=name,
        registered_at=at,
        stack_id=stack.pk if stack else None,
    )
    rows.write([scan], also=[job_statement(OPEN, raw_id=raw.pk)])
    return scan


def keep_envelope(raw: RawMessage, *, name: str, pages: int, at: datetime) -> Scan:
    """A mail whose faxes are taken out of it, in the current transaction: it is kept as long as a
    stack that was parted, and goes with the first of its letters that is erased.
    """
    return Scan.objects.create(
        raw=raw,
        entity_id=raw.entity_id,
        seats=raw.seats,
        name=name[:255],
        registered_at=at,
        pages=pages,
        parted_at=at,
        reading=Scan.Reading.DONE,
    )


def open_scan(raw_id: int, *, at: datetime) -> int:
    """Look into a scan that arrived, and part it; how many letters it is. Twice does no harm."""
    with viewing(the_house()):
        scan = (
            Scan.objects.select_related("raw", "entity")
            .filter(pk=raw_id, raw__state=RawMessage.State.ARRIVED)
            .first()
        )
    if scan is None:
        return 0
    try:
        if int(scan.raw.envelope.get("size") or 0) > settings.SCAN_LIMIT:
            raise SheetTrouble("too_large")
        with on_disk(scan.raw) as path:
            found = sheets.look(path, mark=MARK)
            parts = parts_of(found)
            if not parts:
                raise SheetTrouble("only_separators")
            letters = sheets.cut(path, parts) if found.marked else []
    except FileNotFoundError:
        return _hold(scan, trouble="missing from the disk")
    except SheetTrouble as trouble:
        return _hold(scan, trouble=f"scan {trouble}")
    if not letters:
        return _hold(scan, trouble=WAITS, pages=found.pages)
    return _part(scan, found, parts, letters, at=at)


def parts_of(found: sheets.Look) -> list[list[int]]:
    """The sheets of each letter, without the separators between them."""
    marked = set(found.marked)
    parts: list[list[int]] = [[]]
    for number in range(found.pages):
        if number in marked:
            parts.append([])
        else:
            parts[-1].append(number)
    return [part for part in parts if part]


@contextmanager
def on_disk(raw: RawMessage) -> Iterator[Path]:
    """Where the bytes of a message lie; a small one is put there for as long as it is needed.

    Raises ``FileNotFoundError`` where the disk has lost them.
    """
    if raw.stored_as:
        path = store.path_of(raw.stored_as)
        if not path.is_file():
            raise FileNotFoundError(path)
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="valedor-") as file:
        file.write(content_of(raw))
        file.flush()
        yield Path(file.name)


@transaction.atomic
def _hold(scan: Scan, *, trouble: str, pages: int | None = None) -> int:
    """It waits for a person: one letter, or what nobody can open."""
    with viewing(the_house(scan.entity_id)):
        mine = RawMessage.objects.filter(pk=scan.pk, state=RawMessage.State.ARRIVED)
        if not mine.update(state=RawMessage.State.HELD, trouble=trouble):
            return 0
        if pages is None:
            Scan.objects.filter(pk=scan.pk).update(reading=Scan.Reading.FAILED)
            return 0
        Scan.objects.filter(pk=scan.pk).update(pages=pages)
        rows.send([job_statement(READ, raw_id=scan.pk)])
        return 1


@transaction.atomic
def _part(
    scan: Scan,
    found: sheets.Look,
    parts: Sequence[Sequence[int]],
    letters: Sequence[bytes],
    *,
    at: datetime,
) -> int:
    """Each letter of a stack by itself, with its own bytes; the stack stays as it came."""
    with viewing(the_house(scan.entity_id)):
        mine = RawMessage.objects.filter(pk=scan.pk, state=RawMessage.State.ARRIVED)
        if not mine.update(state=RawMessage.State.REGISTERED):
            return 0
        Scan.objects.filter(pk=scan.pk).update(
            pages=found.pages, parted_at=at, reading=Scan.Reading.DONE
        )
        for number, (part, content) in enumerate(zip(parts, letters, strict=True), start=1):
            _one_of(scan, number, part, content)
    return len(letters)


def _one_of(stack: Scan, number: int, part: Sequence[int], content: bytes) -> None:
    raw = raw_of(
        content,
        entity_id=stack.entity_id,
        channel=stack.raw.channel,
        media_type="application/pdf",
        envelope={**stack.raw.envelope, "stack": stack.pk, "size": len(content)},
        at=stack.raw.received_at,
        state=RawMessage.State.HELD,
    )
    raw.trouble = WAITS
    stem = stack.name.rpartition(".")[0] or stack.name
    letter = rows.fresh(
        Scan,
        raw_id=raw.pk,
        entity_id=stack.entity_id,
        seats=stack.seats,
        by_id=stack.by_id,
        name=f"{stem[:230]}-{number}.pdf",
        registered_at=stack.registered_at,
        stack_id=stack.pk,
        first_page=part[0] + 1,
        pages=len(part),
    )
    rows.write([raw, letter], also=[job_statement(READ, raw_id=raw.pk)])


# ------------------------------------------------------------------ afterwards
def belongs_to(raw: RawMessage, case: Case, *, by: By, at: datetime) -> None:
    """A letter goes with the case that it opened or was filed in, in the current transaction. What
    a program read in it is found there.
    """
    scan = Scan.objects.filter(pk=raw.pk).first()
    if scan is None:
        return
    Scan.objects.filter(pk=scan.pk).update(case=case)
    timeline.record(locked(case), ScanFiled(raw=raw.pk), by=by, at=raw.received_at, recorded_at=at)
    if scan.stack_id is not None:
        stack = Scan.objects.select_for_update().get(pk=scan.stack_id)
        stack.cases = sorted({*stack.cases, case.pk})
        stack.save(update_fields=["cases"])
    if scan.text:
        rows.send([words_statement(case, scan.text)])


def words_statement(case: Case, text: str) -> rows.Statement:
    """The statement that makes the words of a letter findable: it is the company's to see."""
    return timeline.words_of(case, Entry(case_id=case.pk, seats=int(EVERYONE)), text)


def forget_old_stacks(at: datetime) -> int:
    """Remove the bytes of stacks that were parted a month ago and whose letters have all been seen
    to; how many stacks that were.
    """
    waiting = Scan.objects.filter(
        stack=OuterRef("pk"), raw__state__in=[RawMessage.State.ARRIVED, RawMessage.State.HELD]
    )
    with viewing(the_house()):
        old = list(
            Scan.objects.filter(~Exists(waiting), parted_at__lt=at - KEPT_FOR)
            .exclude(raw__state=RawMessage.State.ERASED)
            .values_list("pk", flat=True)[:500]
        )
    for stack in old:
        _forget(stack)
    return len(old)


def forget_stacks_of(case_id: int) -> None:
    """The stacks out of which letters of an erased case were cut go with it: the other letters have
    bytes of their own. Twice does no harm.
    """
    with viewing(the_house()):
        found = list(Scan.objects.filter(cases__contains=[case_id]).values_list("pk", flat=True))
    for stack in found:
        _forget(stack)


def _forget(stack_id: int) -> None:
    with viewing(the_house()), transaction.atomic():
        stack = Scan.objects.select_related("raw").get(pk=stack_id)
        sha256 = stack.raw.stored_as
        RawMessage.objects.filter(pk=stack.pk).update(
            content=None, stored_as="", salt=None, envelope={}, state=RawMessage.State.ERASED
        )
        Scan.objects.filter(pk=stack.pk).update(name="", cases=[])
        is_wanted = RawMessage.objects.filter(stored_as=sha256).exists()
        if sha256 and not is_wanted and not Document.objects.filter(sha256=sha256).exists():
            transaction.on_commit(lambda: store.remove(sha256))
