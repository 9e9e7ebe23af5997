"""The stories that the demonstration tells: who wrote what, and what came of it.

One TOML file an entity. A story says only what people said and decided; when each step happened is
worked out from the day on which it began (``life``).
"""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"


class StoryWrong(Exception):
    """A story cannot be told as it is written. The message names the file and the story."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One case of the demonstration. Texts are in the story's own language unless said otherwise.

    What is left out does not happen: a story without ``response`` is never answered.
    """

    entity: str = ""
    title: str
    days_ago: float  # When it reached the house.
    language: str
    narrative: str
    kind: str = "claim"
    category: str = "other"
    channel: str = "web_form"
    answer_by: str = "email"  # Or letter.
    person: dict[str, str] = field(default_factory=dict)  # name, email, telephone, address, place
    represented: dict[str, str] = field(default_factory=dict)  # The person is their representative.
    grievances: list[str] = field(default_factory=list)
    remedy: str = ""
    contract: str = ""
    vulnerable: bool = False
    safety: bool = False
    abuse_mark: bool = False
    protected: bool = False
    files: dict[str, str] = field(default_factory=dict)  # File name → its text.

    booking: dict[str, Any] = field(default_factory=dict)
    # service, after_days, nth (of that day's free times), outcome (attended, missed; left out:
    # it is still to come), note, moved (why; empty: by the person), cancelled, called_off

    order: dict[str, Any] = field(default_factory=dict)
    # product, answers; confirmed, prepared, delivered (what the person is told, in turn; left out:
    # not that far), ready_after (days), cancelled (by the person, why), called_off (by the house)

    incident: str = ""  # Key of the incident in incidents.toml that gathers it.
    pace: float = 1.0  # Above one: everything takes longer.
    until: str = ""  # The step after which nobody did anything more.

    cure: dict[str, Any] = field(default_factory=dict)  # missing, words, reply (left out: none)
    severity: int = 2
    difficulty: str = "simple"
    affected: int = 1
    inadmissible: dict[str, str] = field(default_factory=dict)  # ground, reasons
    recused: str = ""  # Reason for which the first holder steps aside.
    hand_over: str = ""  # Reason for which a lead gives it to somebody else.
    parts: list[dict[str, str]] = field(default_factory=list)  # task, outcome
    notes: list[str] = field(default_factory=list)
    messages: list[dict[str, str]] = field(default_factory=list)  # from (staff, person), text
    question: dict[str, str] = field(default_factory=dict)  # text, answer (left out: none)
    area: dict[str, str] = field(default_factory=dict)  # question, answer (left out: none)
    findings: list[dict[str, str]] = field(default_factory=list)  # side, text, disputed
    delay: str = ""  # Why the first answer takes longer.
    extension: dict[str, Any] = field(default_factory=dict)  # length, reason
    decisions: list[dict[str, str]] = field(default_factory=list)  # outcome, grounds, reasons
    redress: list[dict[str, Any]] = field(default_factory=list)
    # kind, text, amount, needs_acceptance, proof (how it was carried out), rejected (approver's
    # reason)
    opening: str = ""  # First words of the answer, in the handler's own voice.
    places: dict[str, str] = field(default_factory=dict)  # Of the answer: causes, restoration…
    thanked: str = "area"  # Of thanks: whom they are passed on to, by name of account; or the area.
    response: bool = True
    reaction: str = ""  # accepted, contested, withdrawn, silent
    contest: str = ""  # The person's reasons for saying no.
    second_look: dict[str, Any] = field(default_factory=dict)  # Has decisions, redress, opening.
    closing: str = (
        ""  # Ground of the closure; left out: agreed after accepted, answered after silence
    )
    measure: str = ""  # What changed afterwards, told to the person.
    reopened: str = ""  # Why a closed case went on.
    reopened_words: str = ""  # What the person is told of it.
    correction: dict[str, str] = field(default_factory=dict)  # field, value, reason


def stories_of(entity: str) -> list[Story]:
    """The stories of an entity, in the order of the files ``ENTITY*.toml``.

    Raises ``StoryWrong`` for a field that no story has, or for a text that stands in two.
    """
    known = {one.name for one in fields(Story)}
    stories: list[Story] = []
    seen: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"{entity}*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text("utf-8"))["story"], start=1):
            where = f"{path.name}, story {number}"
            if unknown := set(row) - known:
                raise StoryWrong(f"{where}: a story has no {', '.join(sorted(unknown))}.")
            if row["narrative"] in seen:
                raise StoryWrong(f"{where}: tells the same as {seen[row['narrative']]}.")
            seen[row["narrative"]] = where
            stories.append(Story(**(row | {"entity": entity})))
    return stories
