"""The answer as a letter.

What it says of each point, what it must hold, and what it still lacks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import override

from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Instance
from valedor.foundation.refusals import Refusal
from valedor.handling import outgoing
from valedor.handling.going_further import ways_on
from valedor.handling.models import Decision
from valedor.handling.next_steps import AFTER_AN_ANSWER, places_of_next_steps
from valedor.handling.queries import CaseState
from valedor.handling.redress_words import in_words
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.letter_templates import missing_contents, shipped_letters
from valedor.procedures.letter_wording import WordingError
from valedor.procedures.vocabulary_tables import word

_LETTERS_BEFORE = ("receipt", "extension", "delay_notice")
# Of a case that was looked into; nothing of the kind follows where it is not dealt with.
_ON_THE_SUBSTANCE = frozenset(
    {"departure_from_precedents", "measures_taken", "personal_data_statement"}
)


@dataclass(frozen=True)
class Preview:
    """The answer as it would go now, and what keeps it from going."""

    subject: str
    body: str
    missing: tuple[str, ...]
    refusal: Refusal | None


def key_of(state: CaseState) -> str:
    """Which letter answers: a word for what is served with a word, else the reasoned answer."""
    if state.assessment is not None and not state.assessment.is_admissible:
        return "inadmission"
    return "message" if state.is_served_with_a_word and not state.decisions else "response"


def places_of(
    state: CaseState, *, at: datetime, opening: str, typed: Mapping[str, str]
) -> dict[str, Any]:
    """What fills the answer's places. What the handler ``typed`` stands before what is known."""
    language, house = state.case.language, state.house
    facts = {**house.entity.facts, **state.case.facts}
    places = places_of_next_steps(state.instance, facts, AFTER_AN_ANSWER, language)
    places |= {
        "opening": opening,
        "words": opening,
        "points": _points(state),
        "redress": [
            {
                "what": in_words(one, house, language),
                "by_day": outgoing.day(at + timedelta(days=one.days_to_carry_out), house, language),
            }
            for one in state.to_offer
        ],
        "needs_acceptance": "yes" if any(one.needs_acceptance for one in state.to_offer) else "",
        "second_look": "yes" if state.instance.kind == Instance.Kind.REVIEW else "",
    }
    places |= _ways_on(state, at=at)
    if state.assessment is not None and not state.assessment.is_admissible:
        places["ground"] = _ground(state.assessment.inadmission_ground, language)
        places["reasons"] = state.assessment.reasons
    return places | {name: _as_place(name, text) for name, text in typed.items() if text}


def _as_place(name: str, text: str) -> Any:
    """What somebody typed, as its place wants it: where to turn next is a list, a line each."""
    if name != "next_steps":
        return text
    return [{"body": line.strip()} for line in text.splitlines() if line.strip()]


def _ways_on(state: CaseState, *, at: datetime) -> dict[str, str]:
    """How to contest, and until when, counted from today: a letter that leaves later gives longer.

    The house looks a second time whenever it is asked to (ISO 10002, 7.9), at its own answer only.
    """
    language, house = state.case.language, state.house
    ways = ways_on(state.instance, house, state.case.facts, answered_at=at)
    places = {"may_contest": "yes" if state.instance.kind == Instance.Kind.COMPANY else ""}
    if ways:
        places["contest_by"] = outgoing.last_day(ways[0].ends_at, house, language)
        places["contest_law"] = law_in_words(ways[0].version_id, ways[0].clock, language)
    for way in ways:
        if way.instance == Instance.Kind.OMBUDSMAN:
            places["ombudsman_until"] = outgoing.last_day(way.ends_at, house, language)
    return places


def _points(state: CaseState) -> list[dict[str, Any]]:
    points = []
    with override(state.case.language):
        for point in state.grievances:
            decision = state.decisions.get(point.pk)
            if decision is None:
                continue
            points.append(
                {
                    "number": point.ordinal,
                    "text": point.text,
                    "outcome": str(Decision.Outcome(decision.outcome).label),
                    "reasons": decision.reasons,
                    "grounds": decision.grounds,
                }
            )
    return points


def _ground(key: str, language: str) -> str:
    with override(language):
        return word("grounds", key)


def required_contents(state: CaseState) -> tuple[str, ...]:
    """What the regimes of the running answer limits ask the letter to hold, each once."""
    contents = [
        content
        for deadline in state.running("respond")
        if deadline.procedure_version_id is not None
        for content in _clock_contents(deadline.procedure_version_id, deadline.clock)
    ]
    return owed_by(key_of(state), contents)


def owed_by(key: str, contents: Iterable[str]) -> tuple[str, ...]:
    """Which of the contents that a regime names for an answer the letter of this key must hold.

    A regime names together what the receipt and a notice of delay say: those say it in their time.
    A word, or a refusal to deal with it, has no points to answer one by one.
    """
    answer = shipped_letters()["response"].contents
    owed = [one for one in dict.fromkeys(contents) if one in answer or not _said_before(one)]
    if key != "response":
        owed = [one for one in owed if answer.get(one) != ("points",)]
    if key == "inadmission":
        owed = [one for one in owed if one not in _ON_THE_SUBSTANCE]
    return tuple(owed)


def _said_before(content: str) -> bool:
    letters = shipped_letters()
    return any(content in letters[key].contents for key in _LETTERS_BEFORE)


def _clock_contents(version_id: int, clock: str) -> tuple[str, ...]:
    found = pack_of_version(version_id).clocks.get(clock)
    return found.must_hold if found else ()


def missing_of(state: CaseState, places: Mapping[str, Any]) -> tuple[str, ...]:
    """What the letter lacks, in words."""
    template = outgoing.template_of(state, key_of(state))
    frame = {**outgoing.frame_places(state, None, by=SYSTEM), **places}
    lacking = missing_contents(required_contents(state), template, frame)
    return tuple(word("content", content) for content in lacking)


def preview(
    state: CaseState, places: Mapping[str, Any], *, by: By, refusal: Refusal | None
) -> Preview:
    """The letter as it would go; a place that nobody filled is among what is missing."""
    missing = missing_of(state, places)
    try:
        subject, body = outgoing.written(state, key_of(state), places, by=by)
    except WordingError as error:
        return Preview("", "", (*missing, str(error)), refusal)
    return Preview(subject, body, missing, refusal)
