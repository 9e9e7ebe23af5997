"""The way up of a case: each further instance with its dates, its bodies and what it takes.

ISO 10002, 7.9: whoever is not satisfied is told of the ways that remain, inside and outside. Every
date is counted from the packs and the case's own days; the bodies are those that are there today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from valedor.bodies.adhesions import adhesion_to, covers, takes_part
from valedor.bodies.finding import Dispute, hears, in_reach, who_hears
from valedor.bodies.models import Adhesion, Body
from valedor.bodies.queries import adhesions_of, bodies_of
from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Deadline, Instance
from valedor.clocks.engine import compute
from valedor.clocks.fresh import due_moment
from valedor.disputes.openings import Opening, Why, openings_of, silent_since, why_open
from valedor.foundation.moments import local_day
from valedor.handling.going_further import WayOn, ways_from_the_complaint, ways_on
from valedor.handling.models import Response
from valedor.handling.next_steps import first_of
from valedor.handling.queries import CaseState
from valedor.procedures.answer_terms import Term, answer_term
from valedor.procedures.applicable import PublishedPacks, applied_clocks
from valedor.procedures.bodies import COURT
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.vocabulary_tables import vocabulary

ARBITRATION = "consumer_arbitration_board"
_ASKED_FIRST = ("es-consumer-arbitration", "trader_acceptance")


@dataclass(frozen=True)
class AnswerBy:
    """The term of a body's answer, and its last day if everything were filed today."""

    term: Term
    on: date | None
    is_provisional: bool


@dataclass(frozen=True)
class Joined:
    """Whether the entity accepts a body beforehand. ``left_on`` is the last day of one that ended;
    ``asked_for`` the term in which it may still accept where it did not join.
    """

    accepts: bool
    adhesion: Adhesion | None = None
    is_beyond: bool = False
    left_on: date | None = None
    asked_for: Term | None = None


@dataclass(frozen=True)
class Heard:
    """One body of a rung, and whether the entity has joined it where that matters."""

    body: Body
    joined: Joined | None


@dataclass(frozen=True)
class Rung:
    """One kind of body further up, as it stands for this case on this day."""

    kind: str
    instance: str
    opening: Opening
    is_open: bool
    act_by: WayOn | None
    answer_by: AnswerBy | None
    heard: tuple[Heard, ...]
    beyond: tuple[Body, ...]
    """Bodies of the place that do not hear this amount."""
    joined: Joined | None
    """The same where no body is known by name."""


@dataclass(frozen=True)
class SecondLook:
    """The second look inside the house: open, running, or done."""

    state: str
    act_by: datetime | None
    answer_by: datetime | None


@dataclass(frozen=True)
class WayUp:
    """Everything above: why it is open, since when the company has been silent, each step."""

    why: Why | None
    silent_since: datetime | None
    second_look: SecondLook
    rungs: tuple[Rung, ...]


def way_up(
    state: CaseState,
    answers: Sequence[Response],
    deadlines: Sequence[Deadline],
    dispute: Dispute,
    *,
    at: datetime,
) -> WayUp:
    """The ladder of a case on a day. ``answers`` are those that went out, in order."""
    house = state.house
    ways = _ways(state, answers)
    return WayUp(
        why=why_open(state, answers, deadlines, at=at),
        silent_since=None if answers else silent_since(state, deadlines, at=at),
        second_look=_second_look(state, answers, deadlines, at=at),
        rungs=tuple(
            _rung(one, ways.get(vocabulary("bodies")[one.kind].instance), dispute, house, at=at)
            for one in openings_of(state, answers, deadlines, at=at)
        ),
    )


def _ways(state: CaseState, answers: Sequence[Response]) -> dict[str, WayOn]:
    """By when one must act before each instance, where a rule sets a day."""
    house, case = state.house, state.case
    facts = {**house.entity.facts, **case.facts}
    ways = list(ways_from_the_complaint(house, facts, filed_at=case.received_at))
    for answer in answers[-1:]:
        if answer.sent_at is not None:
            for instance in state.instances:
                ways += ways_on(instance, house, facts, answered_at=answer.sent_at)
    return first_of(ways)


def _rung(
    opening: Opening, way: WayOn | None, dispute: Dispute, house: HouseRules, *, at: datetime
) -> Rung:
    kind, on = opening.kind, local_day(at, house.entity.timezone)
    instance = vocabulary("bodies")[kind].instance
    found = who_hears(kind, dispute, bodies_of(house), on=on)
    near = in_reach(kind, dispute, bodies_of(house), on=on)
    is_arbitration = kind == ARBITRATION
    return Rung(
        kind=kind,
        instance=instance,
        opening=opening,
        is_open=opening.at is not None and opening.at <= at,
        act_by=way if instance != COURT else None,
        answer_by=answer_by(kind, house, at=at),
        heard=tuple(
            Heard(body, _joined(body, dispute, house, on=on) if is_arbitration else None)
            for body in found
        ),
        beyond=tuple(body for body in near if not hears(body, dispute)),
        joined=_joined_by_answer(house, on=on) if is_arbitration and not found else None,
    )


def answer_by(kind: str, house: HouseRules, *, at: datetime) -> AnswerBy | None:
    """The term of a kind of body, and its last day if everything were filed at a moment."""
    term = answer_term(kind, house)
    if term is None:
        return None
    reading = house.entity.readings.get(f"{term.pack.key}/{term.clock.name}", "default")
    outcome = compute(
        term.clock.rule_read_as(reading),
        at,
        calendar_of(house),
        ZoneInfo(house.entity.timezone),
        filed_electronically=True,
    )
    return AnswerBy(term, outcome.due, outcome.provisional)


def joined(body: Body | None, dispute: Dispute, house: HouseRules, *, on: date) -> Joined | None:
    """Whether the entity accepts a body of arbitration beforehand; of one that is not known by name
    only what it answered once, or nothing.
    """
    if body is None:
        return _joined_by_answer(house, on=on)
    return _joined(body, dispute, house, on=on)


def _joined(body: Body, dispute: Dispute, house: HouseRules, *, on: date) -> Joined:
    adhesion = adhesion_to(house, body, on=on)
    if adhesion is not None:
        reaches = covers(adhesion, dispute.amount, dispute.currency)
        asked_for = None if reaches else _asked_for(house)
        return Joined(reaches, adhesion, is_beyond=not reaches, asked_for=asked_for)
    ended = [
        one.valid_until
        for one in adhesions_of(house)
        if one.body == body.key and one.valid_until is not None and one.valid_until < on
    ]
    if not any(adhesions_of(house)) and house.entity.facts.get("trader_adhered"):
        return Joined(accepts=True)
    return Joined(False, left_on=max(ended, default=None), asked_for=_asked_for(house))


def _joined_by_answer(house: HouseRules, *, on: date) -> Joined | None:
    accepts = takes_part(house, house.entity.facts, on=on)
    if accepts is None:
        return None
    return Joined(accepts, asked_for=None if accepts else _asked_for(house))


def _asked_for(house: HouseRules) -> Term | None:
    """The days in which a company that did not join may accept; its silence is a refusal."""
    if house.entity.country != "ES":
        return None
    pack = PublishedPacks(house.versions).pack(_ASKED_FIRST[0])
    return Term(pack, pack.clocks[_ASKED_FIRST[1]])


# ------------------------------------------------------------------ inside the house
def _second_look(
    state: CaseState,
    answers: Sequence[Response],
    deadlines: Sequence[Deadline],
    *,
    at: datetime,
) -> SecondLook:
    reviews = [one for one in state.instances if one.kind == Instance.Kind.REVIEW]
    if reviews:
        is_done = any(one.instance_id == reviews[-1].pk for one in answers)
        running = [
            one.due_at
            for one in deadlines
            if one.instance_id == reviews[-1].pk and one.duty == "respond" and one.due_at
        ]
        if is_done:
            return SecondLook("done", None, None)
        return SecondLook("runs", None, min(running, default=None))
    if not answers:
        return SecondLook("later", None, None)
    return SecondLook("open", answers[-1].contest_by, _look_takes(state, at=at))


def _look_takes(state: CaseState, *, at: datetime) -> datetime | None:
    """When a second look asked for now would be due: by the regime's own limit for it, else by the
    answer's limit anew, as ``review.contest`` begins it.
    """
    case, house = state.case, state.house
    zone = ZoneInfo(house.entity.timezone)
    for instance in (Instance.Kind.REVIEW, Instance.Kind.COMPANY):
        ends = [
            due_moment(one.rule, at, calendar_of(house), zone)
            for one in applied_clocks(house, case.kind, case.facts, instance, on=at)
            if one.duty == "respond" and one.is_public
        ]
        if ends:
            return min(ends)
    return None
