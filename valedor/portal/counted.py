"""A count as rows of a table, and the rule it follows with a link to its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import pgettext

from valedor.clocks.outcome import Step
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.explanation import length_in_words, step_in_words
from valedor.procedures.plain_names import article_in_words, pack_title
from valedor.procedures.schema import Clock, Pack
from valedor.procedures.sources import sources
from valedor.telling import spoken


@dataclass(frozen=True)
class Row:
    """One stretch of a count, in words."""

    begins: str
    ends: str
    amount: str
    what: str
    why: str


@dataclass(frozen=True)
class RuleWords:
    """Where a limit comes from. ``is_verified``: its figure was read in the text itself."""

    title: str
    article: str
    url: str
    is_verified: bool


def rows_of(steps: Sequence[Step]) -> list[Row]:
    """The stretches of a count, one after the other."""
    return [
        Row(
            begins=_end(step.begins),
            ends=_end(step.ends) if step.ends else "",
            amount=_amount(step),
            what=what_in_words(step.what),
            why=step_in_words(step),
        )
        for step in steps
    ]


def _end(at: date | datetime) -> str:
    if isinstance(at, datetime):
        return f"{spoken.day(at.date())} {at:%H:%M}"
    return spoken.day(at, with_weekday=True)


def _amount(step: Step) -> str:
    return length_in_words(
        step.amount, "hours" if isinstance(step.begins, datetime) else "calendar_days"
    )


def what_in_words(what: str) -> str:
    """What a stretch does to the count."""
    return {
        "counted": pgettext("what a stretch of days does", "Counts"),
        "skipped": pgettext("what a stretch of days does", "Does not count"),
        "paused": pgettext("what a stretch of days does", "Stands still"),
        "held": pgettext("what a stretch of days does", "Held"),
        "waited": pgettext("what a stretch of days does", "Waits"),
        "extended": pgettext("what a stretch of days does", "Extended"),
        "rolled": pgettext("what a stretch of days does", "Moved on"),
        "restarted": pgettext("what a stretch of days does", "Begins anew"),
    }[what]


def rule_words(version_id: int | None, clock: str) -> RuleWords | None:
    """The provision behind a limit; nothing for the house's own."""
    if version_id is None:
        return None
    pack = pack_of_version(version_id)
    return rule_of(pack, pack.clocks[clock]) if clock in pack.clocks else None


def rule_of(pack: Pack, clock: Clock) -> RuleWords:
    """The same, from the pack itself."""
    known = sources()
    urls = [known[key].url for key in (clock.sources or pack.sources) if key in known]
    return RuleWords(
        title=pack_title(pack, spoken.language()),
        article=article_in_words(pack, clock),
        url=urls[0] if urls else "",
        is_verified=clock.verified,
    )
