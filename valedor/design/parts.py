"""What components are handed where single words do not suffice: rows of a list, a rail, a step.

Views build these, so that templates decide nothing. Every text comes translated and every date
comes written out; nothing here knows what a case is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

RailState = Literal["running", "warn", "late", "met", "paused", "held"]
StepState = Literal["done", "now", "ahead", "plain"]
Tone = Literal["", "good", "warn", "late", "apart"]
Words = str


class Pause(NamedTuple):
    """A stretch in which the clock stood still, in whole hundredths of the rail."""

    left: int
    width: int


@dataclass(frozen=True, kw_only=True)
class Rail:
    """One clock from its start to its due day, as the time rail draws it.

    ``share_gone`` is the share of time used in whole hundredths. Anything outside 0 to 100 is a
    mistake of whoever counted and raises ``ValueError`` here, where it can be found.
    """

    label: Words
    words: Words = ""
    state: RailState = "running"
    share_gone: int = 0
    pauses: Sequence[Pause] = ()
    start: Words = ""
    end: Words = ""
    how_counted_url: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pauses", tuple(self.pauses))  # So that it can be a key.
        if not 0 <= self.share_gone <= 100:
            raise ValueError(f"A rail runs from 0 to 100, not to {self.share_gone}.")
        for pause in self.pauses:
            if pause.left < 0 or pause.width < 0 or pause.left + pause.width > 100:
                raise ValueError(f"A pause lies within its rail, 0 to 100, unlike {pause}.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A stage of a case, done, under way or ahead."""

    name: Words
    state: StepState


@dataclass(frozen=True, kw_only=True)
class JourneyStep:
    """What happened, happens or can still happen, told to the complainant.

    ``at`` is the ISO form of ``when``. A ``plain`` step has neither happened nor is it in doubt.
    """

    state: StepState
    title: Words
    when: Words = ""
    at: str = ""
    words: Words = ""
    url: str = ""
    link: Words = ""
    rail: Rail | None = None


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A place one can go to, with how much waits there."""

    name: Words
    url: str
    count: int | str | None = None
    is_current: bool = False
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A name and what it is. Mark-up needs ``format_html``: plain text is escaped."""

    name: Words
    value: Words
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number worth a look, written out, and what it is compared with."""

    name: Words
    value: Words
    beside: Words = ""
    url: str = ""
    link: Words = ""


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """A file, or the name of one that was refused and the sentence that says why."""

    name: str
    url: str = ""
    size: Words = ""
    about: Words = ""
    refused: Words = ""


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A case in a tray.

    ``severity`` is 1 to 3, 0 while nobody has assessed it. ``about`` follows the reference, point
    by point. ``elsewhere`` says why there is no holder here (the case is outside the company).
    ``excerpt`` is what a search found, already marked and safe.
    """

    url: str
    reference: str
    subject: str
    stage: Words
    severity: int = 0
    severity_words: Words = ""
    about: Sequence[Words] = ()
    tone: Tone = ""
    icon: str = ""
    holder: str = ""
    initials: str = ""
    assign_url: str = ""
    elsewhere: Words = ""
    rail: Rail | None = None
    excerpt: Words = ""
