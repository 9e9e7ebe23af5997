"""Whose turn it is: who does what next, and by when. One reckoning for every room.

The person's page, the desk, the office's page and the page on which the company answers the office
each say it in their own words, from the same answer, so that no two of them can name another day.
The company reckons with what the office addressed to it (``turn_of_hearing``) and with nothing
else of a file.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.models import Deadline, Instance, Stage
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.clocks.fresh import end_of_day
from valedor.handling.queries import CaseState
from valedor.handling.reaction import waits_for_word
from valedor.review.office.models import Hearing, Offer, Opinion, Proceeding, Statement
from valedor.review.office.queries import UNMET, FileState
from valedor.telling import spoken

State, Side = Proceeding.State, Statement.Side


class Who(enum.StrEnum):
    """Who has to do something next."""

    PERSON = "person"
    COMPANY = "company"
    OFFICE = "office"
    BODY = "body"
    NOBODY = "nobody"


class Room(enum.StrEnum):
    """From where it is read."""

    PERSON = "person"
    COMPANY = "company"
    OFFICE = "office"


@dataclass(frozen=True)
class Turn:
    """Who does what next, and by when; without a moment, no day is set for it."""

    who: Who
    what: str
    until: datetime | None = None


# ------------------------------------------------------------------ a case of the company
def turn_of_case(state: CaseState, *, at: datetime) -> Turn:
    """Of a case before the company, or on its second look."""
    case, answer = state.case, state.response
    if case.closed_at is not None:
        return Turn(Who.NOBODY, "closed")
    if case.stage == Stage.INCOMPLETE and state.cure is not None:
        return Turn(Who.PERSON, "send_missing", state.cure.cure_by)
    if state.questions_to_person:
        days = [one.answer_by for one in state.questions_to_person if one.answer_by]
        return Turn(Who.PERSON, "answer_question", min(days, default=None))
    if state.is_before_a_body:
        if state.agreed:
            return Turn(Who.COMPANY, "carry_out", _due(state.deadlines))
        return Turn(Who.BODY, "with_body")
    if state.is_decided_outside:
        return Turn(Who.COMPANY, "close_decided")
    is_out = answer is not None and answer.sent_at is not None
    if answer is not None and is_out and not (answer.accepted_at or answer.contested_at):
        return Turn(Who.PERSON, "react", _last_day_to_react(state, at))
    if answer is not None and is_out and state.agreed:
        return Turn(Who.COMPANY, "carry_out", _due(state.deadlines))
    if answer is not None and is_out and answer.accepted_at:
        return Turn(Who.COMPANY, "close_accepted")
    if state.instance.kind == Instance.Kind.REVIEW:
        return Turn(Who.COMPANY, "second_look", _due(state.deadlines))
    return Turn(Who.COMPANY, "answer", _due(state.deadlines))


def turns_of_case(state: CaseState, *, at: datetime) -> list[Turn]:
    """The same; and where something was agreed besides, what the company carries out."""
    first = turn_of_case(state, at=at)
    if state.case.closed_at is not None or not state.agreed or first.what == "carry_out":
        return [first]
    return [first, Turn(Who.COMPANY, "carry_out", _due(state.deadlines))]


def _last_day_to_react(state: CaseState, at: datetime) -> datetime | None:
    answer = state.response
    if answer is None:
        return None
    waits = waits_for_word(state.case, answer.template_key)
    if answer.react_by is not None and at < answer.react_by and waits:
        return answer.react_by
    if answer.contest_by is not None and at < answer.contest_by:
        return answer.contest_by
    return None


def _due(deadlines: Iterable[Deadline]) -> datetime | None:
    """The end of the limit that both sides see: of the answer first, of the law before a promise.
    Nothing while it stands still.
    """
    shared = [
        one
        for one in deadlines
        if Seat(one.seats) & BOTH_SIDES == BOTH_SIDES and one.duty != "acknowledge" and one.due_at
    ]
    first = min(
        shared, key=lambda one: (one.duty != "respond", not one.binds, one.due_at), default=None
    )
    return first.due_at if first else None


# ------------------------------------------------------------------ a file of the office
@dataclass(frozen=True, kw_only=True)
class Before:
    """What of a file before the office says whose turn it is. ``send_by`` is the day by which
    something missing was asked for; ``asked`` is what was asked and not answered yet.
    """

    proceeding: Proceeding
    is_closed: bool
    zone: str
    deadlines: Sequence[Deadline] = ()
    asked: Sequence[Statement] = ()
    offers: Sequence[Offer] = ()
    opinion: Opinion | None = None
    send_by: date | None = None

    def due(self, duty: str) -> datetime | None:
        """The end of a limit of the office that nobody has met yet."""
        waiting = (one for one in self.deadlines if one.duty == duty and one.state in UNMET)
        first = next(waiting, None)
        return first.due_at if first else None


def before_the_office(fs: FileState, *, send_by: date | None) -> Before:
    """The same, of a file that the office has open."""
    return Before(
        proceeding=fs.proceeding,
        is_closed=fs.file.closed_at is not None,
        zone=fs.house.entity.timezone,
        deadlines=fs.deadlines,
        asked=fs.unanswered,
        offers=fs.offers,
        opinion=fs.opinion,
        send_by=send_by,
    )


def turns_of_file(file: Before) -> list[Turn]:
    """Of a file of the ombudsman's office: one thing, or while both sides are heard one of each
    that is waited for, what ends first before the rest.
    """
    if not file.is_closed and file.proceeding.state == State.ADMITTED:
        return _while_heard(file)
    return [_turn_of_file(file)]


def _turn_of_file(file: Before) -> Turn:
    state, zone = State(file.proceeding.state), ZoneInfo(file.zone)
    back = file.proceeding.back_on
    if file.is_closed:
        return Turn(Who.NOBODY, "closed")
    if state is State.RECEIVED:
        return Turn(Who.OFFICE, "look", file.due("admit"))
    if state is State.INCOMPLETE:
        until = end_of_day(file.send_by, zone) if file.send_by else None
        return Turn(Who.PERSON, "send_missing_office", until)
    if state is State.PASSED_ON:
        return Turn(Who.COMPANY, "answer_first", end_of_day(back, zone) if back else None)
    if state is State.DECIDED:
        return _after_opinion(file.opinion)
    return Turn(Who.COMPANY, "carry_out") if state is State.SETTLED else Turn(Who.NOBODY, "closed")


def _while_heard(file: Before) -> list[Turn]:
    """The first of each kind; with nothing asked, the office goes on to its opinion."""
    waiting = [
        Turn(_of_side(one.side), "state", one.answer_by)
        for one in file.asked
        if one.side != Side.THIRD
    ]
    for offer in file.offers:
        if offer.state == Offer.State.OPEN:
            by_person = offer.by_side == Side.COMPLAINANT
            who = Who.COMPANY if by_person else Who.PERSON
            waiting.append(Turn(who, "answer_offer", offer.answer_by))
    if not waiting:
        return [Turn(Who.OFFICE, "opinion", file.due("respond"))]
    waiting.sort(key=lambda one: one.until.timestamp() if one.until else float("inf"))
    first = {(one.who, one.what): one for one in reversed(waiting)}
    return [one for one in waiting if first[one.who, one.what] is one]


def _of_side(side: str) -> Who:
    return Who.PERSON if side == Side.COMPLAINANT else Who.COMPANY


def _after_opinion(opinion: Opinion | None) -> Turn:
    if opinion is not None and opinion.answer_by is not None and not opinion.answer:
        return Turn(Who.COMPANY, "answer_opinion", opinion.answer_by)
    if opinion is not None and opinion.answer == "accepted" and opinion.carried_out_at is None:
        return Turn(Who.COMPANY, "carry_out")
    return Turn(Who.OFFICE, "verify")


# ------------------------------------------------------------------ what the company knows of it
_ASKED = {
    Hearing.What.STATEMENT: "state",
    Hearing.What.OFFER: "answer_offer",
    Hearing.What.OPINION: "answer_opinion",
}


def turn_of_hearing(hearing: Hearing) -> Turn:
    """Of one thing that the office addressed to the company."""
    if hearing.ended_at is not None:
        return Turn(Who.NOBODY, "nothing_asked")
    what = _ASKED.get(Hearing.What(hearing.what))
    if hearing.answered_at is not None or what is None or hearing.answer_by is None:
        return Turn(Who.OFFICE, "nothing_asked")
    return Turn(Who.COMPANY, what, hearing.answer_by)


# ------------------------------------------------------------------ in words
_TO_PERSON: dict[tuple[Who, str], Promise] = {
    (Who.PERSON, "send_missing"): gettext_lazy("It is your turn: send what is missing."),
    (Who.PERSON, "send_missing_office"): gettext_lazy(
        "Something is missing: it is your turn to send it."
    ),
    (Who.PERSON, "answer_question"): gettext_lazy("It is your turn: answer what you were asked."),
    (Who.PERSON, "react"): gettext_lazy(
        "It is your turn: accept the answer, or say that you do not agree."
    ),
    (Who.PERSON, "state"): gettext_lazy("It is your turn: the ombudsman asked for your word."),
    (Who.PERSON, "answer_offer"): gettext_lazy(
        "It is your turn: accept the proposal, or decline it."
    ),
    (Who.COMPANY, "answer"): gettext_lazy("It is the company's turn: it owes you an answer."),
    (Who.COMPANY, "second_look"): gettext_lazy(
        "It is the company's turn: somebody else there takes a second look."
    ),
    (Who.COMPANY, "close_accepted"): gettext_lazy(
        "You have accepted the answer: the company closes the case."
    ),
    (Who.COMPANY, "answer_first"): gettext_lazy(
        "The company answers first. It comes back to the ombudsman by itself."
    ),
    (Who.OFFICE, "look"): gettext_lazy(
        "The ombudsman is looking whether the office can deal with it."
    ),
    (Who.OFFICE, "opinion"): gettext_lazy(
        "It is the ombudsman's turn. You see what the other side says and may answer."
    ),
}
_TO_COMPANY: dict[tuple[Who, str], Promise] = {
    (Who.COMPANY, "answer"): gettext_lazy("It is our turn: the person waits for the answer."),
    (Who.COMPANY, "second_look"): gettext_lazy(
        "It is our turn: the person waits for the second look."
    ),
    (Who.COMPANY, "carry_out"): gettext_lazy("It is our turn: what was agreed is carried out."),
    (Who.COMPANY, "state"): gettext_lazy("It is our turn: the ombudsman asked for our word."),
    (Who.COMPANY, "answer_offer"): gettext_lazy(
        "It is our turn: the proposal waits for our yes or no."
    ),
    (Who.COMPANY, "answer_opinion"): gettext_lazy(
        "It is our turn: we say whether we follow the opinion."
    ),
    (Who.OFFICE, "nothing_asked"): gettext_lazy("Nothing is asked of us here now."),
    (Who.NOBODY, "nothing_asked"): gettext_lazy("Nothing is asked of us here any more."),
}
_TO_OFFICE: dict[tuple[Who, str], Promise] = {
    (Who.OFFICE, "look"): gettext_lazy("It is our turn: to admit it or not."),
    (Who.OFFICE, "opinion"): gettext_lazy("It is our turn: nothing that was asked is open."),
    (Who.OFFICE, "verify"): gettext_lazy("It is our turn: to see what came of the opinion."),
}
_OF_OTHERS: dict[tuple[Who, str], Promise] = {
    (Who.PERSON, "send_missing"): gettext_lazy("It is the person's turn: something is missing."),
    (Who.PERSON, "send_missing_office"): gettext_lazy(
        "It is the person's turn: something is missing."
    ),
    (Who.PERSON, "answer_question"): gettext_lazy(
        "It is the person's turn: they were asked something."
    ),
    (Who.PERSON, "react"): gettext_lazy(
        "It is the person's turn: they accept the answer or say that they do not agree."
    ),
    (Who.PERSON, "state"): gettext_lazy("It is the person's turn: their word was asked for."),
    (Who.PERSON, "answer_offer"): gettext_lazy(
        "It is the person's turn: they accept the proposal or decline it."
    ),
    (Who.COMPANY, "answer_first"): gettext_lazy("It is the company's turn: it answers first."),
    (Who.COMPANY, "carry_out"): gettext_lazy(
        "It is the company's turn: it carries out what was agreed."
    ),
    (Who.COMPANY, "state"): gettext_lazy("It is the company's turn: its word was asked for."),
    (Who.COMPANY, "answer_offer"): gettext_lazy(
        "It is the company's turn: it accepts the proposal or declines it."
    ),
    (Who.COMPANY, "answer_opinion"): gettext_lazy(
        "It is the company's turn: it says whether it follows the opinion."
    ),
    (Who.OFFICE, "verify"): gettext_lazy(
        "It is the ombudsman's turn: the office sees what came of the opinion."
    ),
    (Who.BODY, "with_body"): gettext_lazy(
        "Another body has it: whose turn it is stands there, with its day."
    ),
    (Who.COMPANY, "close_accepted"): gettext_lazy(
        "The person has accepted the answer: the company closes the case."
    ),
    (Who.COMPANY, "close_decided"): gettext_lazy(
        "It has been decided for both sides: the company closes the case."
    ),
    (Who.NOBODY, "closed"): gettext_lazy("It is nobody's turn: this is closed."),
}


def turn_in_words(turn: Turn, room: Room, zone: str) -> str:
    """Whose turn it is, in the words of a room and in the reader's language, with the last day."""
    key = (turn.who, turn.what)
    words = str(_own_words(room).get(key) or _OF_OTHERS[key])
    if turn.until is None:
        return words
    last = _("Last day: %(day)s.") % {"day": spoken.until(turn.until, zone)}
    return f"{words} {last}"


def turns_in_words(turns: Sequence[Turn], room: Room, zone: str) -> str:
    """The same of several at once: whoever reads it finds their own first."""
    own = {Room.PERSON: Who.PERSON, Room.COMPANY: Who.COMPANY, Room.OFFICE: Who.OFFICE}[room]
    return " ".join(
        turn_in_words(one, room, zone) for one in sorted(turns, key=lambda one: one.who != own)
    )


def _own_words(room: Room) -> dict[tuple[Who, str], Promise]:
    match room:
        case Room.PERSON:
            return _TO_PERSON
        case Room.COMPANY:
            return _TO_COMPANY
        case Room.OFFICE:
            return _TO_OFFICE
    assert_never(room)
