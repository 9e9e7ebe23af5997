"""The answer as a letter.

What it says of each point, what it must hold, and what it still lacks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Instance, Kind
from valedor.foundation.refusals import Refusal
from valedor.handling import outgoing
from valedor.handling.models import Decision, Redress
from valedor.handling.next_steps import places_of_next_steps
from valedor.handling.queries import CaseState
from valedor.handling.reaction import react_by, waits_for_word
from valedor.handling.redress_words import name_and_amount
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.letter_templates import missing_contents, shipped_letters
from valedor.procedures.letter_wording import WordingError
from valedor.procedures.letter_wording import places_of as wording_places
from valedor.procedures.vocabulary_tables import word

# The list of those to whom one can turn next; what is typed for it names the content it brings.
_LISTED = "next_steps"
_LETTERS_BEFORE = ("receipt", "extension", "delay_notice")
_BECAME, _WHAT_BECOMES = "became", "what_becomes_of_it"
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
    """What fills the answer's places. What the handler ``typed`` stands before what is known.

    Until when the person may say no or go further is counted from today: a letter that leaves
    later gives longer.
    """
    language = state.case.language
    listed = {
        name.removeprefix(_LISTED).removeprefix("."): text
        for name, text in typed.items()
        if name.partition(".")[0] == _LISTED and text
    }
    places = places_of_next_steps(state, answered_at=at, at=at, typed=listed)
    if key_of(state) == "message":
        # A word names those whom the law has it name, and nobody else.
        owed = required_contents(state)
        places[_LISTED] = [row for row in places[_LISTED] if any(map(row.get, owed))]
        if "whether_trader_takes_part" not in owed:
            places.pop("participation", None)
    places |= {
        "opening": opening,
        "words": opening,
        "points": _points(state),
        "redress": [_undertaking(one, state, at=at) for one in state.to_offer],
        "needs_acceptance": "yes" if any(one.needs_acceptance for one in state.to_offer) else "",
        "second_look": "yes" if state.instance.kind == Instance.Kind.REVIEW else "",
    } | _time_to_react(state, at=at)
    if state.assessment is not None and not state.assessment.is_admissible:
        places["ground"] = _ground(state.assessment.inadmission_ground, language)
        places["reasons"] = state.assessment.reasons
    places |= {
        name: text for name, text in typed.items() if text and name.partition(".")[0] != _LISTED
    }
    if _BECAME in places and _has_no_place_for_what_becomes(state):
        with override(language):
            said = _("What becomes of your suggestion: %(became)s") % {"became": places[_BECAME]}
        places["words"] = f"{opening}\n\n{said}"
    return places


def _has_no_place_for_what_becomes(state: CaseState) -> bool:
    """A house's own wording that knows nothing of suggestions: it follows the handler's words."""
    template = outgoing.template_of(state, key_of(state))
    return _BECAME not in wording_places(template.body.in_language(state.case.language))[""]


def _undertaking(redress: Redress, state: CaseState, *, at: datetime) -> dict[str, str]:
    """What will be done, by when. An apology is done by the letter itself: its words suffice."""
    house, language = state.house, state.case.language
    what, words = name_and_amount(redress, house, language), redress.text.strip()
    if redress.is_done_by_saying:
        return {"what": words or what, "by_day": "", "about": _sentence(words or what)}
    by = at + timedelta(days=redress.days_to_carry_out)
    return {
        "what": what[:1].upper() + what[1:],
        "by_day": outgoing.day(by, house, language),
        "about": _sentence(words) if words else "",
    }


def _sentence(words: str) -> str:
    """Somebody's words as a sentence of a letter."""
    ended = words if words.endswith((".", "!", "?", "…")) else f"{words}."
    return ended[:1].upper() + ended[1:]


def _time_to_react(state: CaseState, *, at: datetime) -> dict[str, str]:
    """Until when the house waits for the person's word, and what it does with it.

    It looks a second time whenever it is asked to (ISO 10002, 7.9), at its own decision only.
    """
    if not waits_for_word(state.case, key_of(state)):
        return {}
    until = react_by(state.house, answered_at=at)
    looks_again = state.instance.kind == Instance.Kind.COMPANY and not state.is_served_with_a_word
    return {
        "react_by": outgoing.last_day(until, state.house, state.case.language),
        "may_contest" if looks_again else "may_write": "yes",
    }


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
                    "outcome": _to_you(decision),
                    "reasons": decision.reasons,
                    "grounds": decision.grounds,
                }
            )
    return points


def _to_you(decision: Decision) -> str:
    """What was decided, without a word of the trade."""
    return {
        Decision.Outcome.UPHELD: _("you are right"),
        Decision.Outcome.PARTLY_UPHELD: _("you are right in part"),
        Decision.Outcome.NOT_UPHELD: _("we do not agree with you"),
        Decision.Outcome.INADMISSIBLE: _("we cannot look into it"),
        Decision.Outcome.WITHDRAWN: _("you took it back"),
    }[Decision.Outcome(decision.outcome)]


def _ground(key: str, language: str) -> str:
    with override(language):
        return word("grounds", key)


def required_contents(state: CaseState) -> tuple[str, ...]:
    """What the regimes of the running answer limits ask the letter to hold, each once.

    Whoever suggests something is owed more than a thank-you: what becomes of it (ISO 10002, which
    has suggestions handled like complaints).
    """
    contents = [
        content
        for deadline in state.running("respond")
        if deadline.procedure_version_id is not None
        for content in _clock_contents(deadline.procedure_version_id, deadline.clock)
    ]
    key = key_of(state)
    if state.case.kind == Kind.SUGGESTION and key == "message":
        contents.append(_WHAT_BECOMES)
    return owed_by(key, contents)


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
    if places.get(_BECAME) and _has_no_place_for_what_becomes(state):
        lacking = [one for one in lacking if one != _WHAT_BECOMES]
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
