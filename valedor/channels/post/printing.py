"""Letters as a stack of paper: which wait to be printed, and a run of them as one PDF."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Exists, OuterRef, Q, QuerySet

from valedor.casefile import receipts, store
from valedor.casefile.models import Case, Document, Letter
from valedor.channels.post import sheets
from valedor.channels.post.models import Printing, PrintRun
from valedor.channels.post.paper import letter_pdf
from valedor.people.models import ContactPoint, Entity

_PRINTED_AS_THEY_ARE = {"application/pdf", "image/jpeg", "image/png", "image/tiff"}


def letters_to_print(entity: Entity, cases: QuerySet[Case] | None = None) -> QuerySet[Letter]:
    """Letters that wait to be printed: for the first time, or once more; the one due first on top.

    Those to nobody's address are left out, and those of cases that are marked as possible abuse,
    which wait until somebody has looked.
    """
    printed = Printing.objects.filter(letter=OuterRef("pk"))
    found = Letter.objects.filter(
        Q(state=Letter.State.WAITING) & ~Exists(printed) | Exists(printed.filter(run=None)),
        _has_address(),
        entity=entity,
        channel=Case.Channel.LETTER,
        state__in=[Letter.State.WAITING, Letter.State.REFUSED, Letter.State.ACCEPTED],
        case__is_marked_abuse=False,
        case__erased_at=None,
    )
    # Without a list of cases, the company's: a file of the office lies below zero.
    found = found.filter(case__gt=0) if cases is None else found.filter(case__in=cases)
    return found.select_related("case", "recipient", "contact_point").order_by("due_at", "pk")


def without_address(entity: Entity, cases: QuerySet[Case]) -> QuerySet[Letter]:
    """Letters on paper to people of whom no postal address is known that works."""
    waiting = Letter.objects.filter(
        ~_has_address(),
        entity=entity,
        channel=Case.Channel.LETTER,
        state=Letter.State.WAITING,
        case__in=cases,
    )
    return waiting.select_related("case__entity", "recipient", "contact_point").order_by("pk")


def _has_address() -> Q:
    addresses = ContactPoint.objects.filter(
        person=OuterRef("recipient"), kind=ContactPoint.Kind.POST, ended_at=None, failed_at=None
    )
    own = Q(
        contact_point__kind=ContactPoint.Kind.POST,
        contact_point__ended_at=None,
        contact_point__failed_at=None,
    )
    return own | Q(Exists(addresses))


@dataclass(frozen=True)
class Stack:
    """A run as it comes out of the printer, and the enclosures that somebody adds by hand."""

    content: bytes
    left_out: tuple[Document, ...]


def stack_of(run: PrintRun, printings: Sequence[Printing], *, both_sides: bool) -> Stack:
    """The letters of a run as one PDF, each with what goes with it and dated the day of the run.

    Made anew each time: nothing of it is kept. ``printings`` are those that somebody may see.
    Raises ``SheetTrouble`` where no PDF can be made of them.
    """
    enclosed: dict[Path, Document] = {}
    left_out: list[Document] = []
    with tempfile.TemporaryDirectory(prefix="valedor-") as folder:
        groups = []
        for number, printing in enumerate(printings):
            letter = printing.letter
            page = Path(folder) / f"letter-{number}.pdf"
            page.write_bytes(letter_pdf(letter, at=run.at))
            group = [page]
            for document in enclosures_of(letter):
                path = store.path_of(document.sha256)
                if document.media_type in _PRINTED_AS_THEY_ARE and path.is_file():
                    enclosed[path] = document
                    group.append(path)
                else:
                    left_out.append(document)
            groups.append(group)
        content, unopened = sheets.join(groups, both_sides=both_sides)
    left_out += [enclosed[path] for path in unopened if path in enclosed]
    return Stack(content, tuple(left_out))


def enclosures_of(letter: Letter) -> list[Document]:
    """What goes into the envelope with a letter: the receipt first, where it carries it."""
    documents = Document.objects.filter(erased_at=None).exclude(scan=Document.Scan.INFECTED)
    found = list(documents.filter(pk__in=letter.enclosures.values("document_id")).order_by("pk"))
    if letter.with_receipt:
        kept = documents.filter(case=letter.case_id, purpose=receipts.PURPOSE).order_by("pk")
        found[:0] = kept[:1]
    return found


def printings_of(letter: Letter) -> list[Printing]:
    """When a letter was printed, and whether it waits to be printed once more; the newest first."""
    found = Printing.objects.filter(letter=letter).select_related("run", "by")
    return list(found.order_by("-at", "-pk"))
