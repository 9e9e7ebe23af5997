"""Everything that the page of a case shows, read in one go."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Document, Entry, Letter, Stage
from valedor.channels.social.actions.withdraw import brought_in
from valedor.channels.social.facts import PublicConsentWithdrawn, PublicMessageBroughtIn
from valedor.channels.telephone import asking
from valedor.design.parts import DocumentRow, Fact
from valedor.handling.models import Response
from valedor.handling.reaction import waits_for_word
from valedor.handling.redress_words import in_words
from valedor.handling.rules import why_not_all_for_person
from valedor.portal import (
    booked,
    days,
    disputed,
    further,
    ordered,
    people,
    posts,
    queries,
    receipts,
    talking,
    way,
)
from valedor.portal.forms import MessageForm
from valedor.portal.inside import Inside
from valedor.portal.office import There, brought_there, why_not_there
from valedor.portal.queries import CaseFile
from valedor.portal.second_look import why_not_contest
from valedor.portal.standing import narrowed
from valedor.procedures.house_rules import HouseRules
from valedor.review.office.queries import name_of_office, office_of
from valedor.telling import spoken
from valedor.telling.entries import THEIRS, author_of, channel_of, said_by, sentence_of
from valedor.telling.reader import Reader
from valedor.telling.turns import Room, turns_in_words, turns_of_case
from valedor.telling.values import body_of

_OURS = {"message.sent", "case.asked", "case.cure_requested"}
# Reasons that somebody gives are words of theirs; without any, the way says it already.
BROUGHT_IN, WITHDRAWN = PublicMessageBroughtIn.kind, PublicConsentWithdrawn.kind
_WORTH_A_BUBBLE = {"case.contested", "case.withdrawn", "case.kind_claimed"}


def case_page(place: Inside) -> dict[str, Any]:
    """The context of the page, of its print and of a form on it that comes back with an error."""
    case, house, at = place.case, place.house, place.at
    file = queries.file_of(case)
    refusals = why_not_all_for_person(file.state, actor=place.by.actor)
    rails = days.rails_of(file, house, at=at)
    refused = {name: str(refusal) for name, refusal in refusals.items() if refusal}
    refused |= narrowed(place, offered=file.state.offered)
    messages = _messages(place, file)
    before = brought_there(place)
    return {
        "case": case,
        "subject": case.subject or case.reference,
        "stage": way.stands_at(file),
        "rails": rails,
        "other_rails": rails[1:] if case.stage != Stage.ANSWERED else rails,
        "journey": way.way_of(file, house, at=at),
        "turn": _turn(place, file),
        "whose_turn": turns_in_words(
            turns_of_case(file.state, at=at), Room.PERSON, house.entity.timezone
        ),
        "panel": further.panel_of(place, file, before),
        "disputes": disputed.disputes_told(place, file),
        "messages_told": messages,
        "said": sum(1 for one in messages if one["is_theirs"]),
        "taken_in": _taken_in(place, file),
        "events_told": _events(place, file),
        "letters": [_letter_row(place, letter) for letter in file.letters],
        "documents": _documents(place, file),
        "refusals": refused,
        "why_not_contest": refused.get("contest")
        or str(why_not_contest(file.state, by=place.by, at=at) or ""),
        "can_be_complaint": refusals["change_kind"] is None,
        "has_public_message": _has_public_message(place, file),
        "booking": booked.booking_told(place, file),
        "order": ordered.order_told(place, file),
        "message_form": MessageForm(),
        "may_be_in_mediation": file.state.is_in_mediation,
        "facts": _facts(file, house),
        "address": _addresses(place),
        "promotion_url": reverse("portal:promotion", args=place.links) if file.has_consents else "",
        "calls_back": asking.line_of_house(house) is not None,
        "print_url": reverse("portal:print", args=place.links),
        "limits": receipts.limits_in_words(),
        "token": posts.token_for(case),
        "has_chat": bool(file.chats) and place.participant is None,
        **way_to_the_ombudsman(place, file, before),
        "chat_url": reverse("portal:chat", args=place.links)
        if place.participant is None and (file.chats or talking.may_begin(place))
        else "",
        **people.told_on_the_page(place),
    }


def way_to_the_ombudsman(place: Inside, read: CaseFile, before: There | None) -> dict[str, Any]:
    """The file that is with the ombudsman, or else the button that leads there, where somebody
    holds the office.
    """
    if before is not None and before.turn:
        return {"office": _before_the_office(place, before)}
    if place.participant is not None or office_of(place.house, at=place.at) is None:
        return {}
    refusal = why_not_there(place, read, before)
    if refusal is not None and refusal.code in {"no_complaint", "merged", "erased"}:
        return {}
    return {
        "ombudsman_url": reverse("portal:to_the_ombudsman", args=place.links),
        "why_not_ombudsman": str(refusal or ""),
        "office_file": before.reference if before else "",
        "office_file_url": _file_url(place, before) if before else "",
    }


def _before_the_office(place: Inside, before: There) -> dict[str, str]:
    return {
        "title": str(name_of_office(place.house, at=place.at)),
        "turn": before.turn,
        "reference": before.reference,
        "url": _file_url(place, before),
    }


def _file_url(place: Inside, before: There) -> str:
    return reverse("portal:case", args=[place.house.entity.key, before.reference])


def _has_public_message(place: Inside, file: CaseFile) -> bool:
    """Whether one is in the case by consent: taking it back removes all of them.

    Those of a case that goes on in this one stand in its own lines, not in these.
    """
    messages: dict[str, set[object]] = {BROUGHT_IN: set(), WITHDRAWN: set()}
    for entry in file.entries:
        if entry.kind in messages:
            messages[entry.kind].add(entry.particulars["message"])
    if messages[BROUGHT_IN] - messages[WITHDRAWN]:
        return True
    return bool(_taken_in(place, file)) and bool(brought_in(place.case))


def _addresses(place: Inside) -> dict[str, str]:
    names = (
        "case", "people", "messages", "acceptance", "contest", "withdrawal", "kind", "access_code",
        "receipt", "call_back", "public_withdrawal", "dossier",
    )  # fmt: skip
    found = {name: reverse(f"portal:{name}", args=place.links) for name in names}
    if place.case.merged_into_id is not None:
        found["public_withdrawal"] += "?own"  # Else it leads to the case in which this goes on.
    return found


# ------------------------------------------------------------------ whose turn it is
def _turn(place: Inside, file: CaseFile) -> dict[str, Any] | None:
    """What waits for the person: a question, missing details, an answer to accept or contest."""
    case, zone = place.case, place.house.entity.timezone
    if case.closed_at is not None or file.state.is_decided_outside:
        return None
    if case.stage == Stage.INCOMPLETE and file.state.cure is not None:
        cure = file.state.cure
        return {
            "title": _("We need something from you"),
            "words": cure.words,
            "until": spoken.until(cure.cure_by, zone),
            "missing": cure.missing,
            "kind": "write",
        }
    questions = file.state.questions_to_person
    if questions:
        until = questions[0].answer_by
        return {
            "title": _("We asked you something"),
            "words": "\n\n".join(one.question for one in questions),
            "until": spoken.until(until, zone) if until else "",
            "kind": "write",
        }
    answer = file.answers[-1] if file.answers else None
    if answer is not None and answer.accepted_at is None and answer.contested_at is None:
        return {
            "title": _("Our answer") if file.state.is_before_a_body else _("It is your turn"),
            "words": _what_to_say(place, file, answer),
            "offers": [in_words(one, place.house, spoken.language()) for one in file.state.offered],
            "until": "",
            "kind": "answer",
            "letter_url": _letter_url(place, answer.letter_id),
        }
    return None


def _what_to_say(place: Inside, file: CaseFile, answer: Response) -> str:
    """What the person can say to the answer, and until when the house waits for it."""
    until = answer.react_by
    waits = waits_for_word(file.case, answer.template_key) and not file.state.is_before_a_body
    if until is None or place.at >= until or not waits:
        return _("We have answered. You can accept the answer, or say that you do not agree.")
    day = {"day": spoken.last_day(until, place.house.entity.timezone)}
    if why_not_contest(file.state, by=place.by, at=place.at) is None:
        return (
            _(
                "We have answered. If you agree, you can accept the answer. If you do not, tell us "
                "by %(day)s and somebody else looks at it. After that day we may close the case; "
                "even then you can ask for this second look."
            )
            % day
        )
    return (
        _(
            "We have answered. If something is missing, write to us by %(day)s. After that day we "
            "may close the case; even then you can write to us."
        )
        % day
    )


def _letter_url(place: Inside, letter_id: int | None) -> str:
    return reverse("portal:letter", args=[*place.links, letter_id]) if letter_id else ""


# ------------------------------------------------------------------ what was said
def _messages(place: Inside, file: CaseFile) -> list[dict[str, Any]]:
    """Both sides' words, the oldest first, with the files that came right after them."""
    told: list[dict[str, Any]] = []
    by_entry = {document.entry_id: document for document in file.documents}
    for entry in file.entries:
        if entry.kind == "document.kept":
            document = by_entry.get(entry.pk)
            if document and told and told[-1]["is_theirs"] == _is_from_person(document):
                told[-1]["documents"].append(
                    receipts.document_row(document, place.house, place.case)
                )
        elif entry.kind in THEIRS | _OURS:
            body = body_of(entry)
            if body or entry.kind not in _WORTH_A_BUBBLE:
                told.append(_message(place, entry, body))
    return told


def _is_from_person(document: Document) -> bool:
    return document.side == Document.Side.COMPLAINANT


def _message(place: Inside, entry: Entry, body: str) -> dict[str, Any]:
    case, is_theirs = place.case, entry.kind in THEIRS
    author = author_of(
        entry,
        case,
        Reader.COMPLAINANT,
        as_actor=place.by.actor,
        as_participant=place.participant.pk if place.participant else None,
    )
    return {
        "id": f"entry-{entry.sequence}",
        "is_theirs": is_theirs,
        "side": "ours" if is_theirs else "theirs",
        "author": author,
        "initials": spoken.initials(_signed(case, entry) if is_theirs else author),
        "channel": channel_of(entry) if is_theirs and entry.by_id is not None else "",
        "when": spoken.moment(entry.at, place.house.entity.timezone),
        "at": entry.at.isoformat(),
        "text": body or _("(The text of this message was erased.)"),
        "documents": [],
    }


def _signed(case: Case, entry: Entry) -> str:
    """The name behind words of the person's side."""
    if "said_by" in entry.particulars:
        return said_by(entry)
    if entry.actor == Entry.Actor.REPRESENTATIVE and case.mandate is not None:
        return case.mandate.representative.name
    return case.complainant.name if case.complainant else ""


def _events(place: Inside, file: CaseFile) -> list[dict[str, str]]:
    zone = place.house.entity.timezone
    return [
        {
            "title": sentence_of(entry, Reader.COMPLAINANT),
            "when": spoken.moment(entry.at, zone),
            "at": entry.at.isoformat(),
        }
        for entry in file.entries
        if not entry.kind.startswith("limits.")
    ]


def _taken_in(place: Inside, file: CaseFile) -> list[dict[str, str]]:
    """The cases that go on in this one, as its own lines tell."""
    found: dict[str, str] = {}
    for entry in file.entries:
        reference = str(entry.particulars.get("reference", ""))
        if entry.kind == "case.took_in":
            address = reverse("portal:case", args=[place.house.entity.key, reference])
            found[reference] = f"{address}?own"
        elif entry.kind == "case.let_go":
            found.pop(reference, None)
    return [{"reference": reference, "url": url} for reference, url in found.items()]


# ------------------------------------------------------------------ papers
def _letter_row(place: Inside, letter: Letter) -> DocumentRow:
    sent = spoken.local_day(letter.queued_at, place.house.entity.timezone)
    return DocumentRow(
        name=name_of(letter.kind), url=_letter_url(place, letter.pk), about=spoken.day(sent)
    )


def _documents(place: Inside, file: CaseFile) -> list[DocumentRow]:
    """The files of the case, those refused last. The receipt has a link of its own."""
    kept = [one for one in file.documents if one.purpose != "receipt"]
    return [receipts.document_row(one, place.house, place.case) for one in kept] + [
        receipts.refused_row(one.name, one.reason, one.size) for one in file.refused
    ]


def _facts(file: CaseFile, house: HouseRules) -> list[Fact]:
    case, zone = file.case, house.entity.timezone
    until = file.answers[-1].contest_by if file.answers else None
    found = [
        (_("Reference"), case.reference),
        (pgettext("of a contact", "Kind"), str(case.get_kind_display())),
        (pgettext("of a case", "Subject"), str(case.category.name) if case.category else ""),
        (_("Received"), spoken.moment(case.received_at, zone)),
        (_("What you asked for"), case.remedy_sought),
        (_("Contract or customer number"), case.contract_number),
        (
            _("You can take the answer further until"),
            spoken.last_day(until, zone) if until else "",
        ),
    ]
    return [Fact(name=name, value=value) for name, value in found if value]
