"""The stories of Ipê Telecom: nothing is told twice, and every act of the desk is in them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from valedor.casefile.models import Case, Kind
from valedor.config.demonstration import public
from valedor.config.demonstration.house import FOLDER
from valedor.config.demonstration.stories import Story, stories_of
from valedor.config.initialising import First, defaults_for
from valedor.handling.models import Closure, Decision
from valedor.people.models import Role

FEWEST = 5
TWICE = tomllib.loads((FOLDER / "twice.toml").read_text("utf-8"))["ipe"]["twice"]
MOST_SHARED = 0.6
STORIES = stories_of("ipe")
HOUSE = defaults_for(
    First(
        organisation="Grup Besòs",
        key="ipe",
        name="Ipê Telecom",
        country="BR",
        region="BR-RJ",
        timezone="America/Sao_Paulo",
        languages=["pt-br"],
        administrator="admin@example.org",
    )
)["entities"]["ipe"]
_OF_BOOKINGS = {
    "attended": Closure.Reason.SERVED,
    "missed": Closure.Reason.NOT_ATTENDED,
    "called_off": Closure.Reason.CALLED_OFF,
    "cancelled": Closure.Reason.WITHDRAWN,
}
_OF_ORDERS = {
    "delivered": Closure.Reason.SERVED,
    "called_off": Closure.Reason.CALLED_OFF,
    "cancelled": Closure.Reason.WITHDRAWN,
}
REDRESS = HOUSE["redress"]
ALONE = HOUSE["authority"][Role.HANDLER]["amount"]
LEAD_ALONE = HOUSE["authority"][Role.LEAD]["amount"]


def _decisions(story: Story) -> list[dict[str, str]]:
    return [*story.decisions, *story.second_look.get("decisions", [])]


def _redress(story: Story) -> list[dict[str, Any]]:
    return [*story.redress, *story.second_look.get("redress", [])]


def _has(story: Story, outcome: str) -> bool:
    return outcome in story.booking or story.booking.get("outcome") == outcome


def _ending(story: Story) -> str:
    """The ground on which a story ends, as ``life`` reads it; none where nobody ends it."""
    if story.until:
        return ""
    if story.booking:
        return next((_OF_BOOKINGS[one] for one in _OF_BOOKINGS if _has(story, one)), "")
    if story.order:
        return next((_OF_ORDERS[one] for one in _OF_ORDERS if one in story.order), "")
    if story.closing:
        return story.closing
    by_reaction = {"accepted": "agreed", "withdrawn": "withdrawn", "silent": "answered"}
    return by_reaction.get(story.reaction, "answered" if story.second_look else "")


def _acts(story: Story) -> Iterator[str]:
    """What the desk and the person do in a story, by name."""
    answered_or_not = {"cure": "reply", "question": "answer", "area": "answer"}
    for name, reply in answered_or_not.items():
        if asked := getattr(story, name):
            yield f"{name}, {'answered' if asked.get(reply) else 'unanswered'}"
    marks = ("vulnerable", "safety", "abuse_mark", "protected", "represented", "recused")
    steps = ("hand_over", "parts", "notes", "delay", "measure", "reopened", "inadmissible")
    yield from (name for name in (*marks, *steps) if getattr(story, name))
    yield from {f"message from {one['from']}" for one in story.messages}
    yield from {f"finding of {one['side']}" for one in story.findings}
    for one in _redress(story):
        yield f"redress: {one['kind']}"
        if one.get("needs_acceptance"):
            yield "redress to be accepted"
        if Decimal(str(one.get("amount", 0))) > ALONE:
            yield "redress rejected" if one.get("rejected") else "redress approved"
        if one.get("proof"):
            yield "redress carried out with proof"
        elif REDRESS[one["kind"]]["needs_proof"] and not one.get("rejected"):
            yield "redress pending"
    if story.order:
        yield "ordered in words" if story.order.get("in_words") else "ordered"
    if story.reaction:
        second = {True: ", second look", False: ", not looked at again"}[bool(story.second_look)]
        yield f"{story.reaction}{second if story.reaction == 'contested' else ''}"
    if story.correction:
        yield f"correction of {story.correction['field']}"
    if story.answer_by == "letter" and "email" not in story.person:
        yield "on paper"


EXPECTED = [
    "cure, answered",
    "cure, unanswered",
    "question, answered",
    "question, unanswered",
    "area, answered",
    "area, unanswered",
    "vulnerable",
    "safety",
    "abuse_mark",
    "protected",
    "represented",
    "recused",
    "hand_over",
    "parts",
    "notes",
    "delay",
    "measure",
    "reopened",
    "inadmissible",
    "message from staff",
    "message from person",
    "finding of complainant",
    "finding of company",
    "redress to be accepted",
    "redress approved",
    "redress rejected",
    "redress carried out with proof",
    "redress pending",
    "accepted",
    "contested, second look",
    "contested, not looked at again",
    "withdrawn",
    "silent",
    "correction of received_at",
    "correction of category",
    "on paper",
    "ordered",
    "ordered in words",
    *(f"redress: {kind}" for kind in REDRESS),
]
ACTS = Counter(act for story in STORIES for act in _acts(story))


@pytest.mark.parametrize("act", EXPECTED)
def test_every_act_is_there_five_times(act: str) -> None:
    assert ACTS[act] >= FEWEST


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_contact_is_there_five_times(kind: Kind) -> None:
    assert sum(story.kind == kind for story in STORIES) >= FEWEST


@pytest.mark.parametrize("outcome", Decision.Outcome)
def test_every_outcome_is_there_five_times(outcome: Decision.Outcome) -> None:
    given = [one["outcome"] for story in STORIES for one in _decisions(story)]
    assert given.count(outcome) >= FEWEST


@pytest.mark.parametrize("ground", Closure.Reason)
def test_every_ground_of_closing_is_there_five_times(ground: Closure.Reason) -> None:
    told = sum(_ending(story) == ground for story in STORIES)
    # A case that is merged takes two; a story is of one.
    assert told + sum(one["ends"] == ground for one in TWICE if "ends" in one) >= FEWEST


@pytest.mark.parametrize(
    "channel",
    sorted(set(Case.Channel) - {Case.Channel.FAX, Case.Channel.IMPORT, Case.Channel.SOCIAL}),
)
def test_every_channel_is_there_five_times(channel: str) -> None:
    assert sum(story.channel == channel for story in STORIES) >= FEWEST


def test_public_messages_are_there_five_times() -> None:
    """They are no stories: an agent notes them and their authors agree."""
    assert len(public.told()["ipe"]) >= FEWEST


def test_languages_and_days() -> None:
    spoken = Counter(story.language for story in STORIES)
    assert spoken["pt-br"] >= 100
    assert min(spoken["en"], spoken["es"]) >= 15
    assert (spoken["en"], spoken["es"]) == (19, 19)
    days = [story.days_ago for story in STORIES]
    assert min(days) < 0.1
    assert max(days) == 150
    assert len({story.title for story in STORIES}) == len(STORIES)


def test_no_two_people_share_an_address() -> None:
    addresses = [story.person.get("email", story.person.get("address", "")) for story in STORIES]
    assert [one for one, count in Counter(addresses).items() if count > 1] == []
    telephones = [story.person["telephone"] for story in STORIES if "telephone" in story.person]
    assert [one for one, count in Counter(telephones).items() if count > 1] == []
    assert all(re.fullmatch(r"\+55 21 9 0000-\d{4}", one) for one in telephones)
    emails = [story.person["email"] for story in STORIES if "email" in story.person]
    assert all(one.endswith(("@example.org", ".example")) for one in emails)


def test_no_two_narratives_share_most_of_their_words() -> None:
    words = [(story.title, set(re.findall(r"\w+", story.narrative.lower()))) for story in STORIES]
    alike = [
        (one, other)
        for (one, its), (other, others) in combinations(words, 2)
        if len(its & others) > MOST_SHARED * min(len(its), len(others))
    ]
    assert alike == []


def test_what_an_approver_refuses_is_above_everybody_elses_limit() -> None:
    """A lead may hold a case too, and would offer what the story says was refused."""
    refused = [one for story in STORIES for one in _redress(story) if one.get("rejected")]
    assert all(Decimal(one["amount"]) > LEAD_ALONE for one in refused)
