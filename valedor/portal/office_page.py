"""The page of a file before the ombudsman, as the person sees it: whose turn it is, what both sides
said as far as it was shown, proposals, the opinion and the days.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.letters import name_of
from valedor.casefile.models import Entry
from valedor.design.parts import DocumentRow, Fact, JourneyStep
from valedor.portal import days, people, posts, queries, receipts
from valedor.portal.forms import MessageForm
from valedor.portal.inside import Inside
from valedor.portal.office import to_counter, turn_in_file
from valedor.portal.queries import CaseFile
from valedor.portal.standing import narrowed
from valedor.review.office import rules
from valedor.review.office.actions.settle import in_words
from valedor.review.office.models import Offer, Proceeding, Statement
from valedor.review.office.queries import name_of_office, offers_of, proceeding_of
from valedor.telling import spoken
from valedor.telling.entries import author_of, sentence_of
from valedor.telling.reader import Reader
from valedor.telling.values import body_of

_THEIRS = {"office.brought", "office.person_said", "office.withdrawn"}
_OURS = {
    "office.missing_asked_for",
    "office.passed_on",
    "office.not_admitted",
    "office.gave_way",
    "office.admitted",
    "office.statement_asked",
    "office.statement_shown",
    "office.wrote",
    "office.extended",
    "office.settled",
    "office.opinion_given",
    "office.opinion_answered",
    "office.carried_out",
}
_ON_THE_WAY = _OURS | {
    "office.completed",
    "office.came_back",
    "office.heard",
    "office.offer_made",
    "office.offer_answered",
    "office.offer_lapsed",
    "office.verified",
    "office.closed",
    "office.withdrawn",
}


def file_page(place: Inside) -> dict[str, Any]:
    """The context of the page of a file."""
    file, house, at = place.case, place.house, place.at
    read = queries.file_of(file)
    proceeding, offers = proceeding_of(file), offers_of(file)
    office, about = str(name_of_office(house, at=at)), _about(read)
    open_offer = next((one for one in offers if one.state == Offer.State.OPEN), None)
    return {
        "case": file,
        "subject": file.subject or file.reference,
        "office": office,
        "state": str(proceeding.get_state_display()),
        "stands": turn_in_file(place, proceeding),
        "rails": days.rails_of(read, house, at=at),
        "journey": _way(place, read),
        "messages_told": _messages(place, read, office),
        "offer": _offer(place, open_offer) if open_offer and at < open_offer.answer_by else None,
        "proposal": _proposal(place, proceeding, open_offer),
        "letters": [_letter_row(place, letter) for letter in read.letters],
        "documents": [receipts.document_row(one, house, file) for one in read.documents],
        "facts": _facts(place, proceeding, about),
        "is_open": file.closed_at is None,
        "may_withdraw": proceeding.state in rules.GOES_ON,
        "message_form": MessageForm(),
        "token": posts.token_for(file),
        "limits": receipts.limits_in_words(),
        "address": {
            name: reverse(f"portal:{name}", args=place.links)
            for name in (
                "case",
                "people",
                "messages",
                "withdrawal",
                "access_code",
                "office_offer",
                "office_proposal",
                "dossier",
            )
        },
        "said": sum(1 for one in read.entries if one.kind in _THEIRS),
        "refusals": narrowed(place, offered=[open_offer] if open_offer else []),
        **people.told_on_the_page(place),
        "about_url": reverse("portal:case", args=[house.entity.key, about])
        if about and place.participant is None
        else "",
        "about": about,
    }


def _way(place: Inside, read: CaseFile) -> list[JourneyStep]:
    zone = place.house.entity.timezone
    steps = [
        JourneyStep(
            state="done",
            title=_("Brought to the ombudsman"),
            when=spoken.moment(place.case.received_at, zone),
            at=place.case.received_at.isoformat(),
        )
    ]
    steps += [
        JourneyStep(
            state="done",
            title=sentence_of(entry, Reader.COMPLAINANT),
            when=spoken.day(spoken.local_day(entry.at, zone)),
            at=entry.at.isoformat(),
        )
        for entry in read.entries
        if entry.kind in _ON_THE_WAY
    ]
    if place.case.closed_at is None:
        steps.append(
            JourneyStep(
                state="ahead",
                title=_("Court stays open at every point"),
                words=_("Nothing here takes a right away, or binds you."),
            )
        )
    return steps


def _messages(place: Inside, read: CaseFile, office: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for entry in read.entries:
        is_theirs = entry.kind in _THEIRS
        text = body_of(entry)
        if not text or not (is_theirs or entry.kind in _OURS):
            continue
        author = _their_name(entry, place) if is_theirs else _author(entry, place, office)
        found.append(
            {
                "id": f"entry-{entry.sequence}",
                "side": "ours" if is_theirs else "theirs",
                "author": author,
                "initials": spoken.initials(author),
                "channel": "",
                "when": spoken.moment(entry.at, place.house.entity.timezone),
                "at": entry.at.isoformat(),
                "text": text,
                "documents": [],
            }
        )
    return found


def _their_name(entry: Entry, place: Inside) -> str:
    """Who of the person's side said it, as whoever reads the page is told."""
    return author_of(
        entry,
        place.case,
        Reader.COMPLAINANT,
        as_actor=place.by.actor,
        as_participant=place.participant.pk if place.participant else None,
    )


def _author(entry: Entry, place: Inside, office: str) -> str:
    said_by_company = entry.kind in {"office.opinion_answered", "office.carried_out"} or (
        entry.kind == "office.statement_shown"
        and entry.particulars.get("side") == Statement.Side.COMPANY
    )
    return place.house.entity.name if said_by_company else office


def _offer(place: Inside, offer: Offer) -> dict[str, Any]:
    zone = place.house.entity.timezone
    return {
        "words": in_words(offer, place.house, spoken.language()),
        "until": spoken.until(offer.answer_by, zone),
        "is_ours": offer.by_side == Statement.Side.COMPLAINANT,
    }


def _proposal(place: Inside, proceeding: Proceeding, waiting: Offer | None) -> dict[str, str]:
    """The way to propose something oneself, or why that is not possible now."""
    theirs = to_counter(place, waiting)
    refusal = rules.why_not_propose(
        proceeding,
        waiting,
        side=Statement.Side.COMPLAINANT,
        at=place.at,
        instead_of=theirs,
    )
    return {
        "label": _("Decline it and propose something else…") if theirs else _("Propose to settle…"),
        "refusal": str(refusal or ""),
    }


def _letter_row(place: Inside, letter: Any) -> DocumentRow:
    sent = spoken.local_day(letter.queued_at, place.house.entity.timezone)
    return DocumentRow(
        name=name_of(letter.kind),
        url=reverse("portal:letter", args=[*place.links, letter.pk]),
        about=spoken.day(sent),
    )


def _facts(place: Inside, proceeding: Proceeding, about: str) -> list[Fact]:
    file, zone = place.case, place.house.entity.timezone
    found = [
        (_("Reference"), file.reference),
        (_("Why you came"), str(proceeding.get_ground_display())),
        (_("Your case with the company"), about),
        (_("Received"), spoken.moment(file.received_at, zone)),
        (_("What it costs you"), _("Nothing.")),
    ]
    return [Fact(name=name, value=value) for name, value in found if value]


def _about(read: CaseFile) -> str:
    """The reference of the company's case, as the person was told it."""
    told = [
        entry.particulars.get("about") or entry.particulars.get("reference") or ""
        for entry in read.entries
        if entry.kind in {"office.brought", "office.passed_on"}
    ]
    return str(next(filter(None, reversed(told)), ""))
