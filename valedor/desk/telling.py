"""The timeline as staff read it: messages as bubbles, notes apart, events as sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.facts import KNOWN
from valedor.casefile.models import Case, Document, Entry
from valedor.casefile.seats import Seat
from valedor.design.parts import DocumentRow
from valedor.telling import spoken
from valedor.telling.documents import about_document
from valedor.telling.entries import INSIDE, OURS, author_of, channel_of, sentence_of, side_of
from valedor.telling.reader import Reader
from valedor.telling.values import body_of

_ICONS = {
    "dot": "dot",
    "in": "inbox",
    "out": "send",
    "check": "check",
    "warning": "alert",
    "document": "document",
    "question": "question",
    "note": "note",
    "clock": "clock",
    "person": "person",
    "assess": "scales",
    "decision": "scales",
    "search": "search",
    "redress": "coin",
    "letter": "mail",
    "closed": "lock",
    "open": "undo",
    "correct": "pen",
    "contested": "undo",
    "key": "lock",
    "wall": "shield",
}

# What was said before the ombudsman or another body, by the side of the room it is read in.
_WORDS_BEFORE_OTHERS = {
    "office.addressed": "theirs",
    "office.answered": "ours",
    "office.brought": "theirs",
    "office.person_said": "theirs",
    "office.statement_given": "theirs",
    "office.statement_asked": "ours",
    "office.wrote": "ours",
    "office.opinion_given": "ours",
    "office.opinion_answered": "theirs",
    "dispute.notified": "theirs",
    "dispute.position_given": "theirs",
    "dispute.proposal_made": "theirs",
    "dispute.concluded": "theirs",
}

# Lines of mail that is neither the person's nor ours.
SCAN = "letter.scan_filed"
MAILS = frozenset({"mail.from_stranger", "mail.from_machine"})


@dataclass
class Told:
    """One line of the timeline as the component draws it."""

    id: str
    side: str
    text: str
    author: str = ""
    initials: str = ""
    channel: str = ""
    mark: str = ""
    icon: str = ""
    when: str = ""
    at: str = ""
    documents: list[DocumentRow] = field(default_factory=list)
    whole_url: str = ""
    whole_words: str = ""
    sentence: str = ""


def tell(
    entries: Iterable[Entry],
    *,
    case: Case,
    zone: str,
    names: Mapping[int, str],
    documents: Mapping[int, Sequence[Document]],
) -> list[Told]:
    """The entries of a case for a page. ``names`` are the accounts', ``documents`` by entry."""
    return [_told(entry, case, zone, names, list(documents.get(entry.pk, ()))) for entry in entries]


def _told(
    entry: Entry, case: Case, zone: str, names: Mapping[int, str], documents: list[Document]
) -> Told:
    author = author_of(entry, case, Reader.STAFF, names=names)
    told = Told(
        id=f"entry-{entry.sequence}",
        side=side_of(entry),
        text=body_of(entry),
        when=spoken.stamp(entry.at, zone),
        at=entry.at.isoformat(),
        sentence=sentence_of(entry, Reader.STAFF),
        documents=[document_row(document, case) for document in documents],
        whole_url=_scan_of(entry, case) or _mail_of(entry, case),
        whole_words=_("The letter, page by page") if entry.kind == SCAN else "",
    )
    if told.side == "event" and told.text and entry.kind in _WORDS_BEFORE_OTHERS:
        # Words of a party or of a body are read as words, with what they are beside the name.
        is_own = entry.particulars.get("side") == Document.Side.COMPANY
        told.side = "ours" if is_own else _WORDS_BEFORE_OTHERS[entry.kind]
        told.author, told.initials = author, spoken.initials(author)
        told.channel = told.sentence
        return told
    if told.side == "event":
        told.icon = _ICONS.get(KNOWN[entry.kind].icon if entry.kind in KNOWN else "dot", "dot")
        told.author = author if entry.actor != Entry.Actor.SYSTEM else ""
        told.text = told.sentence + (f" — {told.text}" if told.text else "")
        return told
    told.author, told.initials = author, spoken.initials(author)
    if told.side == "inside":
        told.mark = str(INSIDE[entry.kind])
        told.channel = "" if entry.kind == "case.note_written" else told.sentence
        told.text = told.text or told.sentence
    elif told.side == "ours":
        told.channel = str(OURS[entry.kind]) or channel_of(entry)
        told.text = told.text or told.sentence
    elif told.side == "walled":
        told.mark = _("Behind the wall")
        told.text = told.text or told.sentence
    else:
        told.channel = channel_of(entry)
        told.text = told.text or (_("Erased.") if case.erased_at else told.sentence)
    return told


def _scan_of(entry: Entry, case: Case) -> str:
    """Where the pages of a scanned letter are shown that a line tells of."""
    if entry.kind != SCAN or case.erased_at is not None:
        return ""
    return reverse("desk:scan", args=[entry.particulars["raw"]])


def _mail_of(entry: Entry, case: Case) -> str:
    """Where the whole mail is shown that a line comes from; empty for what came another way."""
    raw = entry.particulars.get("raw")
    is_mail = entry.kind in MAILS or entry.particulars.get("channel") == Case.Channel.EMAIL
    if not raw or not is_mail or case.erased_at is not None:
        return ""
    return reverse("desk:mail", args=[case.reference, raw])


def document_row(document: Document, case: Case) -> DocumentRow:
    """A file with the address that it is saved from."""
    if document.erased_at is not None:
        return DocumentRow(name=_("Erased document"))
    internal = "" if document.seats & Seat.COMPLAINANT else _("internal")
    if document.is_quarantined:
        url = reverse("desk:act_on", args=[case.reference, "quarantine", document.pk])
    else:
        url = reverse("desk:document", args=[case.reference, document.pk])
    return DocumentRow(
        name=document.name,
        url=url,
        size=spoken.size(document.size),
        about=" · ".join(filter(None, (internal, about_document(document)))),
    )
