"""Everything that the page of a case shows, read in one go."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Entry, Letter, Stage
from valedor.design.parts import DocumentRow
from valedor.handling.models import Inquiry, Response
from valedor.handling.queries import case_state
from valedor.handling.redress_words import in_words
from valedor.handling.rules import why_not_all_for_person
from valedor.portal import queries, receipts, spoken, steps, telling
from valedor.portal.forms import MessageForm
from valedor.portal.inside import Inside
from valedor.portal.second_look import why_not_contest

_SAID = {"case.received", "message.received", "message.sent", "case.asked", "case.cure_requested"}
_BY_THE_PERSON = {Entry.Actor.COMPLAINANT, Entry.Actor.REPRESENTATIVE}


def case_page(place: Inside) -> dict[str, Any]:
    """The context of the page, of its print and of a form on it that comes back with an error."""
    case, house, at = place.case, place.house, place.at
    deadlines, events = queries.deadlines_of(case), queries.events_of(case)
    entries, instances = queries.entries_of(case), queries.instances_of(case)
    letters, responses = queries.letters_of(case), queries.responses_of(case)
    documents = queries.documents_of(case)
    state = case_state(case)
    refusals = why_not_all_for_person(state, actor=place.by.actor)
    answer = responses[-1] if responses else None
    rails = steps.rails_of(deadlines, house, case, at=at, events=events)
    return {
        "case": case,
        "subject": case.subject or case.reference,
        "stage": steps.stage_words(case, instances[-1] if instances else None),
        "rails": rails,
        "main_rail": rails[0] if rails else None,
        "other_rails": rails[1:],
        "journey": steps.journey_of(
            case, house, entries, deadlines, instances, letters, responses, events=events, at=at
        ),
        "turn": _turn(place, state, letters, answer),
        "messages_told": _messages(place, entries, documents),
        "events_told": _events(place, entries),
        "letters": [_letter_row(place, letter) for letter in letters],
        "documents": [receipts.document_row(one, house, case) for one in documents]
        + [
            receipts.refused_row(one.name, one.reason, one.size) for one in queries.refused_of(case)
        ],
        "refusals": {name: str(refusal) for name, refusal in refusals.items() if refusal},
        "why_not_contest": str(why_not_contest(state, by=place.by, at=at) or ""),
        "message_form": MessageForm(),
        "facts": _facts(place, answer),
        "address": _addresses(place),
    }


def _addresses(place: Inside) -> dict[str, str]:
    names = ("case", "messages", "acceptance", "contest", "withdrawal", "access_code", "receipt")
    return {name: reverse(f"portal:{name}", args=place.links) for name in names}


def _turn(place: Inside, state: Any, letters: list[Letter], answer: Any) -> dict[str, Any] | None:
    """What waits for the person: a question, missing details, an answer to accept or contest."""
    case = place.case
    if case.closed_at is not None:
        return None
    questions = [one for one in state.inquiries if one.to == Inquiry.To.COMPLAINANT]
    if case.stage == Stage.INCOMPLETE and state.cure is not None:
        return {
            "title": _("We need something from you"),
            "words": state.cure.words,
            "until": spoken.moment(state.cure.cure_by, place.house.entity.timezone),
            "kind": "write",
        }
    if questions:
        until = questions[0].answer_by
        return {
            "title": _("We asked you something"),
            "words": "\n\n".join(one.question for one in questions),
            "until": spoken.moment(until, place.house.entity.timezone) if until else "",
            "kind": "write",
        }
    if answer is not None and answer.accepted_at is None and answer.contested_at is None:
        offered = [
            in_words(one, place.house, spoken.language())
            for one in queries.offers_of(case)
            if one.state == "offered"
        ]
        return {
            "title": _("It is your turn"),
            "words": _(
                "We have answered. You can accept the answer, or say that you do not agree."
            ),
            "offers": offered,
            "until": "",
            "kind": "answer",
            "letter_url": _letter_url(place, answer.letter_id),
        }
    return None


def _letter_url(place: Inside, letter_id: int | None) -> str:
    return reverse("portal:letter", args=[*place.links, letter_id]) if letter_id else ""


def _messages(
    place: Inside, entries: list[Entry], documents: list[queries.Kept]
) -> list[dict[str, Any]]:
    """Both sides' words, the oldest first, with the files that came right after them."""
    zone = place.house.entity.timezone
    person = place.case.complainant.name if place.case.complainant else ""
    told: list[dict[str, Any]] = []
    by_entry = {document.entry_id: document for document in documents}
    for entry in entries:
        if entry.pk in by_entry and told and entry.kind == "document.kept":
            row = receipts.document_row(by_entry[entry.pk], place.house, place.case)
            if told[-1]["is_theirs"] == (entry.actor in _BY_THE_PERSON):
                told[-1]["documents"].append(row)
            continue
        if entry.kind not in _SAID:
            continue
        is_theirs = entry.actor in _BY_THE_PERSON
        body = telling.body_of(entry)
        told.append(
            {
                "id": f"entry-{entry.sequence}",
                "is_theirs": is_theirs,
                "side": "ours" if is_theirs else "theirs",
                "author": _("You") if is_theirs else place.house.entity.name,
                "initials": _initials(person if is_theirs else place.house.entity.name),
                "when": spoken.moment(entry.at, zone),
                "at": entry.at.isoformat(),
                "text": body or _("(The text of this message was erased.)"),
                "title": telling.title_of(entry),
                "documents": [],
            }
        )
    return told


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2] if word).upper()


def _events(place: Inside, entries: list[Entry]) -> list[dict[str, str]]:
    zone = place.house.entity.timezone
    return [
        {
            "title": telling.title_of(entry),
            "when": spoken.moment(entry.at, zone),
            "at": entry.at.isoformat(),
        }
        for entry in entries
        if not entry.kind.startswith("limits.")
    ]


def _letter_row(place: Inside, letter: Letter) -> DocumentRow:
    return DocumentRow(
        name=letter.subject or name_of(letter.kind),
        url=_letter_url(place, letter.pk),
        about=spoken.day(
            spoken.local_day(letter.queued_at, place.house.entity.timezone), with_weekday=False
        ),
        size=name_of(letter.kind),
    )


def _facts(place: Inside, answer: Response | None) -> list[dict[str, str]]:
    case: Case = place.case
    zone = place.house.entity.timezone
    further_until = answer.contest_by if answer is not None else None
    found = [
        (_("Reference"), case.reference),
        (_("Kind"), str(case.get_kind_display())),
        (_("Subject"), str(case.category.name) if case.category else ""),
        (_("Received"), spoken.moment(case.received_at, place.house.entity.timezone)),
        (_("What you asked for"), case.remedy_sought),
        (_("Contract or customer number"), case.contract_number),
        (
            _("You can take the answer further until"),
            spoken.last_day(further_until, zone) if further_until else "",
        ),
    ]
    return [{"name": name, "value": value} for name, value in found if value]
