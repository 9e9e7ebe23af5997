"""The timeline as staff read it: messages as bubbles, notes apart, events as sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.facts import KNOWN, in_words
from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Document, Entry, EntryContent
from valedor.casefile.seats import Seat
from valedor.design.parts import DocumentRow
from valedor.desk import spoken
from valedor.desk.rails import duty_name
from valedor.handling.models import Closure, Decision, Finding, Redress
from valedor.procedures.vocabulary_tables import word

# What the person said, and what was said to them: bubbles. The rest are events, or stay inside.
_THEIRS = {"case.received", "message.received", "case.contested", "case.withdrawn"}
_OURS: Mapping[str, Promise | str] = {
    "message.sent": "",
    "case.asked": gettext_lazy("Question"),
    "case.cure_requested": gettext_lazy("Request for missing details"),
    "case.answered": gettext_lazy("Answer"),
    "case.delay_told": gettext_lazy("Word that it takes longer"),
    "case.extended": gettext_lazy("Extension"),
    "case.measure_told": gettext_lazy("Measure taken"),
    "import.answered": gettext_lazy("Answer, as imported"),
}
_INSIDE: Mapping[str, Promise | str] = {
    "case.note_written": gettext_lazy("Internal note"),
    "case.area_asked": gettext_lazy("Question to an area"),
    "case.area_answered": gettext_lazy("Answer of an area"),
    "case.found": gettext_lazy("Finding"),
    "case.decided": gettext_lazy("Decision"),
    "case.part_given": gettext_lazy("Part of the work"),
    "case.part_finished": gettext_lazy("Part finished"),
}
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
    author = author_of(entry, case, names)
    told = Told(
        id=f"entry-{entry.sequence}",
        side=_side_of(entry),
        text=body_of(entry),
        when=spoken.stamp(entry.at, zone),
        at=entry.at.isoformat(),
        sentence=sentence_of(entry),
        documents=[document_row(document, case) for document in documents],
    )
    if told.side == "event":
        told.icon = _ICONS.get(KNOWN[entry.kind].icon if entry.kind in KNOWN else "dot", "dot")
        told.author = author if entry.actor != Entry.Actor.SYSTEM else ""
        told.text = told.sentence + (f" — {told.text}" if told.text else "")
        return told
    told.author, told.initials = author, spoken.initials(author)
    if told.side == "inside":
        told.mark = str(_INSIDE[entry.kind])
        told.channel = "" if entry.kind == "case.note_written" else told.sentence
        told.text = told.text or told.sentence
    elif told.side == "ours":
        told.channel = str(_OURS[entry.kind]) or _channel(entry)
        told.text = told.text or told.sentence
    elif told.side == "walled":
        told.mark = _("Behind the wall")
        told.text = told.text or told.sentence
    else:
        told.channel = _channel(entry)
        told.text = told.text or (_("Erased.") if case.erased_at else told.sentence)
    return told


def _side_of(entry: Entry) -> str:
    if not Seat(entry.seats) & (Seat.COMPANY | Seat.COMPLAINANT):
        return "walled"
    if entry.kind in _THEIRS:
        return "theirs"
    if entry.kind in _OURS:
        return "ours"
    return "inside" if entry.kind in _INSIDE else "event"


def author_of(entry: Entry, case: Case, names: Mapping[int, str]) -> str:
    """Who acted, by name."""
    if entry.by_id is not None:
        if entry.kind in _THEIRS and case.complainant is not None:
            return case.complainant.name or _("The person")
        return names.get(entry.by_id, "")
    if entry.actor == Entry.Actor.COMPLAINANT:
        name = case.complainant.name if case.complainant else ""
        return name or _("The person")
    if entry.actor == Entry.Actor.REPRESENTATIVE:
        return _("Representative")
    return case.entity.name if entry.kind in _OURS else ""


def _channel(entry: Entry) -> str:
    channel = str(details_of(entry).get("channel", ""))
    return str(Case.Channel(channel).label) if channel in Case.Channel.values else ""


# ------------------------------------------------------------------ words
def sentence_of(entry: Entry) -> str:
    """What happened, in the reader's language."""
    fact = KNOWN.get(entry.kind)
    if fact is None:
        return _("Something was recorded.")
    values = _Values(
        {name: _in_words(entry.kind, name, value) for name, value in details_of(entry).items()}
    )
    return " ".join((str(fact.sentence) % values).replace(" .", ".").split())


def details_of(entry: Entry) -> dict[str, Any]:
    """What an entry says, with its personal part as long as nobody has erased it."""
    content = _content_of(entry)
    return in_words({**entry.particulars, **(content.details if content else {})})


def body_of(entry: Entry) -> str:
    """The free text of an entry."""
    content = _content_of(entry)
    return content.body if content else ""


def _content_of(entry: Entry) -> EntryContent | None:
    try:
        return entry.content
    except EntryContent.DoesNotExist:
        return None


class _Values(dict[str, str]):
    """What an erased detail reads as."""

    def __missing__(self, key: str) -> str:
        return "…"


_LABELS: dict[str, Any] = {
    "channel": Case.Channel,
    "outcome": Decision.Outcome,
    "what": Redress.Kind,
    "difficulty": Case.Difficulty,
}
_SIDES = {
    Document.Side.COMPLAINANT: gettext_lazy("The person"),
    Document.Side.COMPANY: gettext_lazy("The house"),
    Document.Side.OMBUDSMAN: gettext_lazy("The ombudsman"),
    Document.Side.BODY: gettext_lazy("An outside body"),
}


def _in_words(kind: str, name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_in_words(kind, name, one) for one in value)
    labels = _LABELS.get(name)
    if labels is not None and value in labels.values:
        return str(labels(value).label)
    if name == "side" and kind == "case.found" and value in Finding.Side.values:
        label = str(Finding.Side(value).label)
        return label[:1].lower() + label[1:]
    if name == "side" and value in Document.Side.values:
        return str(_SIDES[Document.Side(value)])
    if name == "reason" and value in Closure.Reason.values:
        return str(Closure.Reason(value).label)
    if name == "letter_kind":
        return name_of(str(value))
    if name == "duty":
        return ", ".join(duty_name(one.strip()) for one in str(value).split(","))
    if name == "event":
        return word("events", str(value))
    if name == "grounds":
        return ground_in_words(str(value))
    if name == "field":
        return field_name(str(value))
    if name.endswith(("_on", "_by", "_at")) and isinstance(value, str):
        return _day(value)
    return str(value)


def ground_in_words(code: str) -> str:
    """What stood against everybody of a team, in words."""
    return {
        "not_active": _("no longer here"),
        "recused": _("recused"),
        "handled_before": _("handled it before"),
        "absent": _("away"),
        "other_language": _("other language"),
        "other_competence": _("other competence"),
        "too_much_work": _("too much work"),
        "empty_team": _("the team is empty"),
    }.get(code, code)


def field_name(key: str) -> str:
    """What was corrected."""
    return {
        "received_at": _("moment of receipt"),
        "kind": _("kind of contact"),
        "category": _("subject"),
        "facts": _("answers on which the limits depend"),
        "complainant": _("person"),
        "email": _("e-mail address"),
        "telephone": _("telephone number"),
        "post": _("postal address"),
        "subject": _("title"),
    }.get(key, key)


def _day(text: str) -> str:
    try:
        if len(text) > 10:
            return spoken.day(datetime.fromisoformat(text).date())
        return spoken.day(date.fromisoformat(text))
    except ValueError:
        return text


def document_row(document: Document, case: Case) -> DocumentRow:
    """A file with the address that it is saved from."""
    if document.erased_at is not None:
        return DocumentRow(name=_("Erased document"))
    return DocumentRow(
        name=document.name,
        url=reverse("desk:document", args=[case.reference, document.pk]),
        size=spoken.size(document.size),
        about="" if document.seats & Seat.COMPLAINANT else _("internal"),
    )
