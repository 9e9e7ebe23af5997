"""The details of a line of the timeline in words: what a fact keeps as codes, days and amounts."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from valedor.bookings.words import kept_in_words
from valedor.casefile.facts import in_words
from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Document, Entry, EntryContent, Letter
from valedor.foundation.spoken_dates import locale_of
from valedor.handling.models import Closure, Decision, Finding, Redress
from valedor.participants.models import Participant
from valedor.procedures.house_rules import house_rules
from valedor.procedures.vocabulary_tables import word
from valedor.review.office.models import Offer
from valedor.telling import spoken
from valedor.telling.reader import Reader

_LABELS: dict[str, Any] = {
    "channel": Case.Channel,
    "outcome": Decision.Outcome,
    "what": Redress.Kind,
    "option": Redress.Kind,
    "difficulty": Case.Difficulty,
    "reason": Closure.Reason,
    "returned": Letter.Returned,
    "role": Participant.Role,
    "scope": Participant.Scope,
    "ending": Participant.Ending,
}
_SIDES = {
    Document.Side.COMPLAINANT: gettext_lazy("The person"),
    Document.Side.COMPANY: gettext_lazy("The house"),
    Document.Side.OMBUDSMAN: gettext_lazy("The ombudsman"),
    Document.Side.BODY: gettext_lazy("An outside body"),
}
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")


class Values(dict[str, str]):
    """Details for a sentence; what was erased reads as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def content_of(entry: Entry) -> EntryContent | None:
    """The personal part of a line; nothing where it has none, or it was erased."""
    try:
        return entry.content
    except EntryContent.DoesNotExist:
        return None


def body_of(entry: Entry) -> str:
    """The free text of a line."""
    content = content_of(entry)
    return content.body if content else ""


def details_of(entry: Entry) -> dict[str, Any]:
    """What a line says, with its personal part as long as nobody has erased it."""
    content = content_of(entry)
    return in_words({**entry.particulars, **(content.details if content else {})})


def values_of(entry: Entry, reader: Reader) -> Values:
    """The same in words."""
    details = details_of(entry)
    values = Values(
        {name: value_in_words(entry.kind, name, value, reader) for name, value in details.items()}
    )
    for name in ("what", "option"):
        if own := _own_redress(entry, str(details.get(name, ""))):
            values[name] = own
    if details.get("amount") and details.get("currency"):
        values["amount"] = amount_in_words(f"{details['amount']} {details['currency']}")
    return values


def _own_redress(entry: Entry, kind: str) -> str:
    """A redress of the entity's own catalogue by its name there; empty for one of the trade's."""
    if not kind or kind in Redress.Kind.values:
        return ""
    names = house_rules(entry.entity_id).redress_names
    return names[kind].in_language(spoken.language()) if kind in names else ""


def value_in_words(kind: str, name: str, value: Any, reader: Reader) -> str:
    """One detail of a fact, by its name."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(value_in_words(kind, name, one, reader) for one in value)
    labels = _LABELS.get(name)
    if labels is not None and value in labels.values:
        return str(labels(value).label)
    if kind == "office.offer_answered" and name == "answer":
        return str(Offer.State(value).label).lower()
    if name == "side":
        return _side(kind, str(value), reader)
    if name == "amount":
        return amount_in_words(str(value))
    if name == "letter_kind":
        return name_of(str(value))
    if name == "duty":
        return ", ".join(duty_name(one.strip()) for one in str(value).split(","))
    if name in {"event", "result"}:
        return word(f"{name}s", str(value))
    if name in {"slot", "slot_before"}:
        return kept_in_words(str(value), spoken.language())
    if name == "kind_of_contact" or (kind == "case.kind_changed" and name in {"before", "after"}):
        return word("kinds", str(value))
    if name == "grounds":
        return ground_in_words(str(value))
    if name == "field":
        return field_name(str(value))
    if name.endswith(("_on", "_by", "_at")) and isinstance(value, str):
        return _day(value)
    return str(value)


def _side(kind: str, value: str, reader: Reader) -> str:
    if kind == "case.found" and value in Finding.Side.values:
        label = str(Finding.Side(value).label)
        return label[:1].lower() + label[1:]
    if value not in Document.Side.values:
        return value
    if reader is Reader.COMPLAINANT:
        return _("you") if value == Document.Side.COMPLAINANT else _("us")
    return str(_SIDES[Document.Side(value)])


def amount_in_words(amount: str) -> str:
    """An amount as a fact keeps it (``40.00 EUR``), written as the reader writes money."""
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        return amount
    locale = locale_of(spoken.language())
    return str(format_currency(Decimal(found[1]), found[2], locale=locale))


def _day(text: str) -> str:
    try:
        if len(text) > 10:
            return spoken.day(datetime.fromisoformat(text).date())
        return spoken.day(date.fromisoformat(text))
    except ValueError:
        return text


def duty_name(duty: str) -> str:
    """What is owed by a limit, in a word or two."""
    return {
        "acknowledge": pgettext("limit", "Receipt"),
        "react": pgettext("limit", "Somebody attends to it"),
        "first_answer": pgettext("limit", "First word"),
        "status_update": pgettext("limit", "Word on where it stands"),
        "respond": pgettext("limit", "Answer"),
        "admit": pgettext("limit", "Admission"),
        "notify": pgettext("limit", "Notice of the decision"),
        "carry_out_redress": pgettext("limit", "What was agreed"),
        "cure": pgettext("limit", "Missing details"),
        "answer_as_area": pgettext("limit", "An area's answer"),
        "answer_the_office": pgettext("limit", "Word to the ombudsman"),
        "*": pgettext("limit", "all that ran"),
        "answer_a_body": pgettext("limit", "Word to another body"),
    }.get(duty, duty.replace("_", " "))


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
        "category": pgettext("of a case", "subject"),
        "facts": _("answers on which the limits depend"),
        "complainant": pgettext("whose case it is", "person"),
        "email": _("e-mail address"),
        "telephone": _("telephone number"),
        "post": _("postal address"),
        "subject": pgettext("of a case", "title"),
    }.get(key, key)
