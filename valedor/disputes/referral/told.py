"""A case before a body as both rooms show it: the same facts, the same dates, whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.bodies.told import money
from valedor.design.parts import Fact, Tone
from valedor.disputes.models import HearingDate, Position, Proposal, Referral
from valedor.disputes.referral.bodies import called
from valedor.disputes.referral.queries import Around
from valedor.disputes.referral.rules import at_once, what_holds
from valedor.handling.models import Redress
from valedor.handling.redress_words import in_words
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken
from valedor.telling.reader import Reader

State, Side = Referral.State, Referral.Side


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something said or set before the body."""

    title: str
    text: str = ""
    url: str = ""
    link: str = ""


@dataclass(kw_only=True)
class ToldReferral:
    """One body's part of a case. Whoever draws it adds the links of its own room."""

    pk: int
    name: str
    tag: str
    tone: Tone
    turn: str
    facts: Sequence[Fact]
    hearings: Sequence[Line]
    proposals: Sequence[Line]
    positions: Sequence[Line]
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ToldDisputes:
    """Every body of a case, and what is to be known where there are several."""

    referrals: Sequence[ToldReferral]
    notes: Sequence[str]


class Room:
    """How a room calls the sides, and where its links lead."""

    reader = Reader.COMPLAINANT

    def hearing_url(self, hearing: HearingDate) -> tuple[str, str]:
        """Where to do something with a hearing date, and what."""
        raise NotImplementedError

    def proposal_url(self, proposal: Proposal) -> tuple[str, str]:
        """Where to do something with a proposal, and what."""
        raise NotImplementedError


def told(
    referrals: Sequence[Referral], known: Around, house: HouseRules, room: Room, *, at: datetime
) -> ToldDisputes:
    """The bodies before which a case is or was, in the words of a room."""
    return ToldDisputes(
        referrals=[_one(one, known, house, room, at=at) for one in referrals],
        notes=_notes(referrals, house),
    )


def _notes(referrals: Sequence[Referral], house: HouseRules) -> list[str]:
    notes = []
    if together := at_once(referrals):
        names = ", ".join(called(one, house) for one in together)
        notes.append(
            _(
                "Several bodies hear it at once: %(bodies)s. Each has to know of the other: while "
                "a court or a board of arbitration has it, others may not deal with it."
            )
            % {"bodies": names}
        )
    if (holds := what_holds(referrals)) is not None:
        notes.append(
            _(
                "Bodies came to different results. %(body)s holds: a court goes before an award, "
                "an award before an agreement or a recommendation, and among equals the later one."
            )
            % {"body": called(holds, house)}
        )
    return notes


def _one(
    referral: Referral, known: Around, house: HouseRules, room: Room, *, at: datetime
) -> ToldReferral:
    hearings = known.hearing_dates.get(referral.pk, [])
    proposals = known.proposals.get(referral.pk, [])
    return ToldReferral(
        pk=referral.pk,
        name=called(referral, house),
        tag=tag_of(referral),
        tone=_TONES.get(referral.state, ""),
        turn=whose_turn(referral, hearings, proposals, house, at=at),
        facts=_facts(referral, house, room.reader),
        hearings=[_hearing(one, referral, house, room) for one in hearings],
        proposals=[_proposal(one, room) for one in proposals],
        positions=[_position(one, house, room) for one in known.positions.get(referral.pk, [])],
    )


_TONES: dict[str, Tone] = {State.NOTIFIED: "warn", State.CONCLUDED: "warn", State.OVER: ""}


def tag_of(referral: Referral) -> str:
    """How far it is in a few words; once it is over, what it came to."""
    if referral.state == State.OVER:
        told = word("results", referral.result)
        return told[:1].upper() + told[1:]
    return str(State(referral.state).label)


def side_in_words(side: str, reader: Reader) -> str:
    """A side as a room calls it."""
    if reader is Reader.COMPLAINANT:
        return {
            Side.COMPLAINANT: pgettext("side before a body", "You"),
            Side.COMPANY: pgettext("side before a body", "We"),
            Side.BODY: str(Side.BODY.label),
        }[Side(side)]
    return str(Side(side).label)


# ------------------------------------------------------------------ whose turn it is
def whose_turn(
    referral: Referral,
    hearings: Sequence[HearingDate],
    proposals: Sequence[Proposal],
    house: HouseRules,
    *,
    at: datetime,
) -> str:
    """Who has to do something next, and by when: the same sentence in both rooms."""
    zone, body = house.entity.timezone, called(referral, house)
    match referral.state:
        case State.ANNOUNCED:
            return _("%(body)s has not written to the company yet.") % {"body": body}
        case State.NOTIFIED if referral.deadline and referral.deadline.due_at:
            day = spoken.until(referral.deadline.due_at, zone)
            return _("The company owes its word by %(day)s.") % {"day": day}
        case State.CONCLUDED:
            return _after_the_result(referral, body, zone)
        case State.OVER:
            return ""
    waiting = next((one for one in proposals if not one.is_answered), None)
    if waiting is not None:
        return _waits_for(waiting)
    coming = next(
        (one for one in hearings if one.state == HearingDate.State.SET and one.starts_at > at), None
    )
    if coming is not None:
        return _("Both sides are heard on %(when)s.") % {
            "when": spoken.moment(coming.starts_at, zone)
        }
    if referral.expected_on is not None:
        return _("%(body)s has to end by %(day)s.") % {
            "body": body,
            "day": spoken.day(referral.expected_on),
        }
    return _("It is the turn of %(body)s.") % {"body": body}


def _waits_for(one: Proposal) -> str:
    missing = {
        (True, True): _("Both sides are to say a word on the proposal."),
        (True, False): _("The company is to say a word on the proposal."),
        (False, True): _("The person is to say a word on the proposal."),
    }[not one.company, not one.complainant]
    if one.answer_by is None:
        return missing
    return f"{missing} " + _("Until %(day)s.") % {"day": spoken.day(one.answer_by)}


def _after_the_result(referral: Referral, body: str, zone: str) -> str:
    if not referral.binds and not referral.follows:
        return _("The company is to say whether it does what %(body)s asks.") % {"body": body}
    redress = referral.redress
    if redress is None or redress.state == Redress.State.CARRIED_OUT:
        return _("The company has done what it had to.")
    if redress.deadline is not None and redress.deadline.due_at is not None:
        day = spoken.until(redress.deadline.due_at, zone)
        return _("The company carries it out by %(day)s.") % {"day": day}
    return _("The company carries it out.")


# ------------------------------------------------------------------ facts and lines
def _facts(referral: Referral, house: HouseRules, reader: Reader) -> list[Fact]:
    zone = house.entity.timezone
    found = [(_("Who turned there"), _who(referral, reader))]
    if referral.body_reference:
        found.append((_("Its number for it"), referral.body_reference))
    found.append((_("What it does"), str(referral.get_method_display())))
    if referral.notified_at is not None:
        told_on = spoken.day(spoken.local_day(referral.notified_at, zone))
        found.append((_("Its notice came on"), told_on))
    if referral.part:
        found.append((_("The company"), str(Referral.Part(referral.part).label)))
    deadline = referral.deadline
    if deadline is not None and deadline.due_at is not None:
        found.append((_("Word of the company by"), spoken.until(deadline.due_at, zone)))
    if referral.expected_on is not None and referral.is_heard:
        found.append((_("Its own term ends on"), spoken.day(referral.expected_on)))
    if referral.fee is not None and reader is Reader.STAFF:
        found.append(
            (_("The company pays"), money(referral.fee, referral.currency, spoken.language()))
        )
    return [Fact(name=name, value=value) for name, value in (*found, *_result(referral, house))]


def _who(referral: Referral, reader: Reader) -> str:
    who = side_in_words(referral.by_side, reader)
    if referral.filed_on is None:
        return who
    return _("%(who)s, on %(day)s") % {"who": who, "day": spoken.day(referral.filed_on)}


def _result(referral: Referral, house: HouseRules) -> list[tuple[str, str]]:
    if not referral.result:
        return []
    result = word("results", referral.result)
    if referral.concluded_on is not None:
        result = _("%(result)s, on %(day)s") % {
            "result": result,
            "day": spoken.day(referral.concluded_on),
        }
    found = [(_("Result"), result[:1].upper() + result[1:])]
    if referral.result in Referral.OBLIGES:
        binds = _("It binds the company.") if referral.binds else _("It binds nobody.")
        found.append((_("Whom it binds"), binds))
    if referral.redress is not None:
        done = str(Redress.State(referral.redress.state).label)
        what = in_words(referral.redress, house, spoken.language())
        found.append((_("What the company has to do"), f"{what} ({done})"))
    if referral.follows:
        found.append((_("The company"), str(Referral.Follows(referral.follows).label)))
    if referral.appeal_by is not None:
        found.append((_("It can be appealed until"), spoken.day(referral.appeal_by)))
    return found


def _hearing(hearing: HearingDate, referral: Referral, house: HouseRules, room: Room) -> Line:
    when = spoken.moment(hearing.starts_at, house.entity.timezone)
    title = f"{when}, {hearing.place}"
    if hearing.state != HearingDate.State.SET:
        title += f" ({HearingDate.State(hearing.state).label})"
    url, link = ("", "")
    if hearing.state == HearingDate.State.SET and referral.is_heard:
        url, link = room.hearing_url(hearing)
    return Line(title=title, text=hearing.outcome, url=url, link=link)


def _proposal(proposal: Proposal, room: Room) -> Line:
    said = [
        _answer(side, answer, room.reader)
        for side, answer in (
            (Side.COMPANY, proposal.company),
            (Side.COMPLAINANT, proposal.complainant),
        )
        if answer
    ]
    url, link = ("", "") if proposal.is_answered else room.proposal_url(proposal)
    title = "; ".join(said) if said else _("Nobody has said a word yet")
    return Line(title=title, text=proposal.text, url=url, link=link)


def _answer(side: Referral.Side, answer: str, reader: Reader) -> str:
    accepts = answer == Proposal.Answer.ACCEPTED
    if side == Side.COMPANY:
        return _("The company accepts it") if accepts else _("The company does not accept it")
    if reader is Reader.COMPLAINANT:
        return _("You accept it") if accepts else _("You do not accept it")
    return _("The person accepts it") if accepts else _("The person does not accept it")


def _position(position: Position, house: HouseRules, room: Room) -> Line:
    day = spoken.day(spoken.local_day(position.given_at, house.entity.timezone))
    title = f"{side_in_words(position.side, room.reader)}, {day}"
    if position.dossier_id is not None:
        title += " · " + _("with the dossier")
    return Line(title=title, text=position.text)
