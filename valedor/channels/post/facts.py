"""What can happen to letters on paper."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class LetterPrinted(Fact, kind="letter.printed", seats=Seat.COMPANY, personal=("reason",)):
    """A letter was printed together with others. ``reason`` says why once more."""

    sentence = _("%(letter_kind)s printed.")
    icon = "document"

    letter: int
    letter_kind: str
    run: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScanFiled(Fact, kind="letter.scan_filed", seats=Seat.COMPANY):
    """A letter that was scanned became part of the case, with its pages and what was read there."""

    sentence = _("A scanned letter was filed.")
    icon = "in"

    raw: int


@dataclass(frozen=True, kw_only=True)
class PapersHandedIn(Fact, kind="papers.handed_in", personal=("what",)):
    """Papers were handed in at the counter, and a stamped receipt can be printed of it."""

    sentence = _("Papers were handed in, of %(pages)s pages: %(what)s")
    icon = "in"

    pages: int
    documents: tuple[int, ...]
    what: str
