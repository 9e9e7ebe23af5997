"""The stories of Aigües del Besòs show every act of the desk, and no two of them tell the same."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest

from valedor.casefile.models import Case, Kind
from valedor.config.demonstration import public
from valedor.config.demonstration.stories import Story, stories_of
from valedor.handling.models import Assessment, Decision, Redress

ENOUGH = 5
MOST_SHARED = 0.6  # Of all the words that two narratives use together.

STORIES = stories_of("besos")


def all_decisions() -> Iterator[dict[str, str]]:
    for story in STORIES:
        yield from story.decisions
        yield from story.second_look.get("decisions", [])


def all_redress() -> Iterator[dict[str, Any]]:
    for story in STORIES:
        yield from story.redress
        yield from story.second_look.get("redress", [])


def is_pending(story: Story) -> bool:
    """Something was promised that needs a proof, and there is none yet."""
    said = {"apology", "explanation"}
    return any(one["kind"] not in said and not one.get("proof") for one in story.redress)


ACTS: dict[str, Callable[[Story], object]] = {
    "cure answered": lambda one: one.cure.get("reply"),
    "cure unanswered": lambda one: one.cure and not one.cure.get("reply"),
    "complex, in parts": lambda one: one.difficulty == "complex" and one.parts,
    "recused": lambda one: one.recused,
    "handed over": lambda one: one.hand_over,
    "note": lambda one: one.notes,
    "message sent": lambda one: any(text["from"] == "staff" for text in one.messages),
    "message received": lambda one: any(text["from"] == "person" for text in one.messages),
    "question answered": lambda one: one.question.get("answer"),
    "question unanswered": lambda one: one.question and not one.question.get("answer"),
    "area answered": lambda one: one.area.get("answer"),
    "area unanswered": lambda one: one.area and not one.area.get("answer"),
    "delay told": lambda one: one.delay,
    "inadmissible": lambda one: one.inadmissible,
    "redress above authority": lambda one: any(
        float(offer.get("amount", 0)) > 60 for offer in one.redress
    ),
    "redress rejected": lambda one: any(offer.get("rejected") for offer in one.redress),
    "redress pending": is_pending,
    "accepted": lambda one: one.reaction == "accepted",
    "silent": lambda one: one.reaction == "silent",
    "withdrawn": lambda one: one.reaction == "withdrawn",
    "contested, open": lambda one: one.reaction == "contested" and not one.second_look,
    "contested, looked at again": lambda one: one.reaction == "contested" and one.second_look,
    "closed as inadmissible": lambda one: one.closing == "inadmissible",
    "closed as not completed": lambda one: one.closing == "not_completed",
    "closed without an answer": lambda one: one.closing == "no_answer_needed",
    "ordered": lambda one: one.order and not one.order.get("in_words"),
    "ordered in words": lambda one: one.order.get("in_words"),
    "answered at once": lambda one: one.closing == "answered_at_once",
    "booking attended": lambda one: one.booking.get("outcome") == "attended",
    "booking missed": lambda one: one.booking.get("outcome") == "missed",
    "booking called off": lambda one: "called_off" in one.booking,
    "thanks passed on": lambda one: one.kind == "thanks" and (one.opening or one.closing),
    "suggestion answered": lambda one: one.kind == "suggestion" and one.places.get("became"),
    "measure told": lambda one: one.measure,
    "reopened": lambda one: one.reopened,
    "receipt corrected": lambda one: one.correction.get("field") == "received_at",
    "subject corrected": lambda one: one.correction.get("field") == "category",
    "vulnerable": lambda one: one.vulnerable,
    "safety": lambda one: one.safety,
    "protected": lambda one: one.protected,
    "marked as abuse": lambda one: one.abuse_mark,
    "represented": lambda one: one.represented,
    "on paper": lambda one: one.answer_by == "letter",
    "stopped on the way": lambda one: one.until,
    "files": lambda one: one.files,
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_there_five_times(act: str) -> None:
    assert sum(1 for story in STORIES if ACTS[act](story)) >= ENOUGH


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_contact_is_there(kind: str) -> None:
    assert sum(story.kind == kind for story in STORIES) >= ENOUGH


@pytest.mark.parametrize(
    "channel", [one for one in Case.Channel.values if one not in {"sms", "import", "social"}]
)
def test_every_channel_is_there(channel: str) -> None:
    assert sum(story.channel == channel for story in STORIES) >= ENOUGH


def test_public_messages_are_there() -> None:
    """They are no stories: an agent notes them and their authors agree."""
    assert len(public.told()["besos"]) >= ENOUGH


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_every_outcome_is_there(outcome: str) -> None:
    assert sum(one["outcome"] == outcome for one in all_decisions()) >= ENOUGH


@pytest.mark.parametrize("kind", Redress.Kind.values)
def test_every_redress_is_there(kind: str) -> None:
    assert sum(one["kind"] == kind for one in all_redress()) >= ENOUGH


def test_every_severity_is_on_the_scale() -> None:
    assert {story.severity for story in STORIES} <= set(Assessment.Severity.values)


def test_the_languages_are_those_of_the_house() -> None:
    languages = Counter(story.language for story in STORIES)

    assert languages["ca"] >= 60
    assert languages["es"] >= 60
    assert languages["en"] >= 15
    assert languages["pt-br"] >= 15
    assert set(languages) == {"ca", "es", "en", "pt-br"}


def test_some_are_from_today_and_some_from_months_ago() -> None:
    assert len(STORIES) >= 150
    assert sum(story.days_ago < 1 for story in STORIES) >= ENOUGH
    assert sum(story.days_ago > 90 for story in STORIES) >= 30


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_what_is_decided_rests_on_both_sides(story: Story) -> None:
    if not story.decisions or story.inadmissible:
        return
    assert {"complainant", "company"} <= {one["side"] for one in story.findings}
    assert all(one["reasons"] for one in story.decisions)


def test_no_two_narratives_share_their_words() -> None:
    words = [(one.title, set(re.findall(r"\w+", one.narrative.lower()))) for one in STORIES]
    alike = [
        (first, second)
        for (first, here), (second, there) in combinations(words, 2)
        if len(here & there) > MOST_SHARED * len(here | there)
    ]

    assert alike == []


def test_nobody_can_be_reached_by_what_is_invented() -> None:
    for story in STORIES:
        for person in (story.person, story.represented):
            assert person.get("email", ".example").endswith((".example", "@example.org"))
            assert re.fullmatch(r"(\+34 600 10\d \d{3})?", person.get("telephone", ""))
