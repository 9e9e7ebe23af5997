"""The timeline as sentences to the person: "you", and no word of the trade."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.facts import KNOWN, in_words
from valedor.casefile.models import Case, Document, Entry, EntryContent
from valedor.handling.models import Closure, Redress
from valedor.portal import spoken

# What the desk says of "the person" is said to them here.
_TO_YOU: Mapping[str, str | Promise] = {
    "case.received": gettext_lazy("Registered"),
    "case.acknowledged": gettext_lazy("The receipt reached you"),
    "case.cure_requested": gettext_lazy("We asked you for something that is missing"),
    "case.cured": gettext_lazy("You sent what was missing"),
    "case.cure_lapsed": gettext_lazy("The time to send what is missing is over"),
    "message.sent": gettext_lazy("We wrote to you"),
    "message.received": gettext_lazy("You wrote to us"),
    "case.asked": gettext_lazy("We asked you something"),
    "case.question_answered": gettext_lazy("You answered what we asked"),
    "redress.offered": gettext_lazy("We offered you: %(what)s %(amount)s"),
    "redress.accepted": gettext_lazy("You accepted: %(what)s %(amount)s"),
    "redress.declined": gettext_lazy("You declined: %(what)s %(amount)s"),
    "redress.carried_out": gettext_lazy("Done: %(what)s %(amount)s"),
    "case.answered": gettext_lazy("We answered"),
    "case.extended": gettext_lazy("The time to answer was extended to %(due_on)s"),
    "case.delay_told": gettext_lazy("We told you that it takes longer"),
    "case.answer_accepted": gettext_lazy("You accepted the answer"),
    "case.contested": gettext_lazy("You did not agree with the answer"),
    "case.withdrawn": gettext_lazy("You withdrew the case"),
    "case.closed": gettext_lazy("The case was closed"),
    "case.measure_told": gettext_lazy("We told you of a measure taken since"),
    "case.reopened": gettext_lazy("The case was reopened"),
    "case.letter_corrected": gettext_lazy("We corrected a letter"),
    "case.access_code_issued": gettext_lazy("You got a new access code"),
    "case.links_revoked": gettext_lazy("The links mailed before no longer work"),
    "case.next_step_opened": gettext_lazy("No answer came in time: the next step is open to you"),
    "document.kept": gettext_lazy("A document was added: “%(name)s”"),
    "document.refused": gettext_lazy("The file “%(name)s” was not taken"),
    "document.receipt_drawn_up": gettext_lazy("Your receipt was drawn up as a file"),
    "letter.accepted": gettext_lazy("A letter went to you by e-mail"),
    "letter.posted": gettext_lazy("A letter was posted to you"),
    "letter.handed_over": gettext_lazy("A letter was handed over to you"),
}


def details_of(entry: Entry) -> dict[str, Any]:
    """What an entry says, with its personal part as long as nobody has erased it."""
    content = content_of(entry)
    return in_words({**entry.particulars, **(content.details if content else {})})


def content_of(entry: Entry) -> EntryContent | None:
    """The personal part of an entry; nothing where it has none, or it was erased."""
    try:
        return entry.content
    except EntryContent.DoesNotExist:
        return None


def body_of(entry: Entry) -> str:
    """The free text of an entry."""
    content = content_of(entry)
    return content.body if content else ""


def title_of(entry: Entry) -> str:
    """One line of the timeline for the person whose case it is, in the reader's language."""
    sentence = _TO_YOU.get(entry.kind)
    if sentence is None:
        fact = KNOWN.get(entry.kind)
        sentence = fact.sentence if fact else _("Something was recorded.")
    values = _Values({name: _in_words(name, value) for name, value in details_of(entry).items()})
    return " ".join((str(sentence) % values).split()).rstrip(" :")


class _Values(dict[str, str]):
    """What an erased detail reads as."""

    def __missing__(self, key: str) -> str:
        return "…"


def _in_words(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "channel" and value in Case.Channel.values:
        return str(Case.Channel(value).label)
    if name == "what" and value in Redress.Kind.values:
        return str(Redress.Kind(value).label)
    if name == "reason" and value in Closure.Reason.values:
        return str(Closure.Reason(value).label)
    if name == "side" and value in Document.Side.values:
        return _("you") if value == Document.Side.COMPLAINANT else _("us")
    if name.endswith(("_on", "_by")) and isinstance(value, str):
        return _day(value)
    return str(value)


def _day(text: str) -> str:
    try:
        return spoken.day(date.fromisoformat(text[:10]), with_weekday=False)
    except ValueError:
        return text
