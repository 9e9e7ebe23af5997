"""Where a person can turn to next: one list, each body once, with what one needs to choose.

Every regime that an instance runs under names its doors (``[[doors]]`` of its pack).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.bodies.adhesions import joined_on, takes_part
from valedor.bodies.models import Adhesion, Body
from valedor.bodies.told import limits_in_words
from valedor.casefile.models import Instance
from valedor.foundation.moments import local_day
from valedor.handling import outgoing
from valedor.handling.going_further import WayOn, ways_from_the_complaint, ways_on
from valedor.handling.queries import CaseState
from valedor.handling.who_hears import dispute_of, named_in_a_letter
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.bodies import COURT, body_in_words, doors_of_the_house, with_the_courts
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.schema import Door
from valedor.procedures.vocabulary_tables import vocabulary

AFTER_AN_ANSWER = frozenset(
    {
        "any_time",
        "dissatisfied",
        "dissatisfied_with_attention",
        "refused",
        "internal_options_exhausted",
    }
)
# What a row of the list says, as the contents that a regime asks for call it: see ``bodies.toml``.
NAMED = "further_routes"
_SIX_MONTHS = "six_months_to_ombudsman"


def doors_of(instance: Instance, house: HouseRules) -> list[tuple[int | None, Door]]:
    """Every door of the regimes that an instance runs under, and those of the house itself."""
    doors: list[tuple[int | None, Door]] = [
        (version, door)
        for version in instance.procedure_versions
        for door in pack_of_version(version).doors
    ]
    return doors + [(None, door) for door in doors_of_the_house(house)]


def bodies_of(instance: Instance, house: HouseRules, openings: Collection[str]) -> tuple[str, ...]:
    """The bodies whose doors are open, in no order yet, each once."""
    bodies = [
        body
        for _version, door in doors_of(instance, house)
        if set(door.when) & set(openings)
        for body in door.to
    ]
    return tuple(dict.fromkeys(bodies))


def places_of_next_steps(
    state: CaseState,
    *,
    answered_at: datetime | None,
    at: datetime,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The places of a letter that say where to turn to next; those nobody can fill are left out.

    What somebody ``typed`` stands first in the list, a line each, by the content that it brings.
    Each body is named with the very one that is there on the day of the letter. Whether the company
    takes part in consumer arbitration stands in its adhesions, else in a fact of the entity:
    unanswered, it is left out, and a letter that must hold it is refused until somebody has
    answered.
    """
    house, language = state.house, state.case.language
    facts = {**house.entity.facts, **state.case.facts}
    ways: tuple[WayOn, ...] = ()
    if answered_at is not None:
        ways = ways_on(state.instance, house, facts, answered_at=answered_at)
    since_filing = ways_from_the_complaint(house, facts, filed_at=state.case.received_at)
    first = first_of((*ways, *since_filing))
    bodies = with_the_courts(bodies_of(state.instance, house, AFTER_AN_ANSWER))
    dispute = dispute_of(house, state.case.complainant_id)
    rows = [
        row_of(body, house, language, first)
        | {"where": named_in_a_letter(body, dispute, house, language, at=at)}
        for body in bodies
    ]
    typed_rows = _typed_rows(typed or {}, house, language, first)
    places: dict[str, Any] = {
        "next_steps": [*typed_rows, *rows],
        "participation": participation_of(house, facts, language, at=at),
    }
    told = {row["until"] for row in (*typed_rows, *rows)}
    for way in ways:
        # Before a body that nothing names: told beside the list.
        if outgoing.last_day(way.ends_at, house, language) not in told:
            places["contest_by"] = outgoing.last_day(way.ends_at, house, language)
            places["contest_law"] = law_in_words(way.version_id, way.clock, language)
            break
    return {name: value for name, value in places.items() if value}


def row_of(
    body: str, house: HouseRules, language: str, ways: Mapping[str, WayOn] | None = None
) -> dict[str, str]:
    """A body as a row of the list: its name, what it costs, whom it binds, and by when to go.

    A row carries, too, what a letter says by naming the body: the contents that regimes ask for.
    """
    word, told = vocabulary("bodies")[body], body_in_words(body, language)
    row = _row(told.name, house, language, (ways or {}).get(word.instance))
    row |= {"costs": told.costs, "binds": told.binds}
    if word.instance != COURT:  # Open in any case: naming the courts names no further way.
        row[NAMED] = "yes"
    if word.content:
        row[word.content] = "yes"
    return row


def _row(name: str, house: HouseRules, language: str, way: WayOn | None) -> dict[str, str]:
    row = {"body": name, "costs": "", "binds": "", "until": ""}
    if way is not None:
        row["until"] = outgoing.last_day(way.ends_at, house, language)
        if way.instance == Instance.Kind.OMBUDSMAN:
            row[_SIX_MONTHS] = "yes"
    return row


def _typed_rows(
    typed: Mapping[str, str], house: HouseRules, language: str, ways: Mapping[str, WayOn]
) -> list[dict[str, str]]:
    """What somebody typed for the list. The day by which to go stands with its first line."""
    rows = []
    for content, text in typed.items():
        before = {one.instance for one in vocabulary("bodies").values() if one.content == content}
        way = ways.get(before.pop()) if len(before) == 1 else None
        for line in filter(None, map(str.strip, text.splitlines())):
            row = _row(line.removesuffix("."), house, language, way)
            rows.append(row | {NAMED: "yes", content: "yes"})
            way = None
    return rows


def first_of(ways: Iterable[WayOn]) -> dict[str, WayOn]:
    """Before each instance the window that ends first."""
    first: dict[str, WayOn] = {}
    for way in sorted(ways, key=lambda one: one.ends_at):
        first.setdefault(way.instance, way)
    return first


def participation_of(
    house: HouseRules, facts: Mapping[str, Any], language: str, *, at: datetime
) -> str:
    """Whether the company takes part in consumer arbitration, in which body and how far; empty
    while nobody has answered.
    """
    on = local_day(at, house.entity.timezone)
    joined = takes_part(house, facts, on=on)
    if joined is None:
        return ""
    with override(language):
        if not joined:
            return _("We do not take part in a system of alternative dispute resolution.")
        named = [_as_joined(one, body, language) for one, body in joined_on(house, on=on)]
        if not named:
            return _("We take part in the consumer arbitration system.")
        return _(
            "We take part in consumer arbitration and accept it beforehand at: %(bodies)s."
        ) % {"bodies": "; ".join(named)}


def _as_joined(adhesion: Adhesion, body: Body, language: str) -> str:
    limits = limits_in_words(adhesion, language)
    name = body.name.in_language(language)
    return f"{name} ({limits})" if limits else name
