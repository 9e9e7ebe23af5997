"""A pack as the rest of the house reads it: one body of rules, frozen, under one version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from valedor.clocks.rule import Rule
from valedor.foundation.multilingual import MultilingualText

from .conditions import Condition
from .vocabulary_tables import word

Basis = Literal["text", "secondary", "not_read", "default"]


@dataclass(frozen=True)
class Reading:
    """Another defensible reading of a clock: the rule as that reading has it."""

    key: str
    rule: Rule

    def __str__(self) -> str:
        return word("readings", self.key)


@dataclass(frozen=True)
class Clock:
    """One period of a pack: the rule that the engine counts, and what it means for a case.

    It starts on the first of the `starts_on` events, or on the latest where `starts_at_latest`.
    """

    name: str
    on: str
    starts_on: tuple[str, ...]
    starts_at_latest: bool
    instance: str
    kinds: tuple[str, ...]
    duty: str
    rule: Rule
    readings: Mapping[str, Reading]
    applies_when: Condition
    must_hold: tuple[str, ...]
    if_missed: tuple[str, ...]
    extendable_when: tuple[str, ...]
    extendable_once: bool
    in_force_from: date | None
    article: str
    basis: Basis
    sources: tuple[str, ...]
    verified: bool
    note: str

    @property
    def starts_with_contact(self) -> bool:
        """Whether it starts with the contact itself rather than with the filing."""
        return "contact" in self.starts_on

    def rule_read_as(self, reading: str) -> Rule:
        """The rule by one of its readings; `default` is the clock itself. Raises `KeyError`."""
        return self.rule if reading in ("", "default") else self.readings[reading].rule


@dataclass(frozen=True)
class Duty:
    """A duty or prohibition without a clock."""

    name: str
    article: str
    verified: bool
    note: str


@dataclass(frozen=True)
class Record:
    """What must be kept, and for how many months; none where the law gives no figure."""

    name: str
    keep_months: int | None
    article: str
    verified: bool
    note: str


@dataclass(frozen=True)
class Door:
    """Who may be turned to next, and what opens the way."""

    to: tuple[str, ...]
    when: tuple[str, ...]
    article: str


@dataclass(frozen=True)
class Indicator:
    """A figure to measure, report or publish."""

    name: str
    unit: str
    target: int | None
    article: str
    verified: bool
    note: str


@dataclass(frozen=True)
class Pack:
    """One regime: its clocks, duties, records, next doors and figures.

    `version` is the day on which the law was read and a digest of the content; `text` is the TOML
    it was made from, so that a case can keep the very version it was received under.
    """

    key: str
    version: str
    text: str = field(repr=False)
    titles: MultilingualText
    names: MultilingualText
    """The title as a complainant reads it; empty where nobody is shown it yet."""
    promises: MultilingualText
    """What is promised to a complainant, in short plain sentences."""
    jurisdiction: str
    sectors: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    local_words: Mapping[str, str]
    instance: str
    counting: str
    in_force_from: date | None
    binding_from: date | None
    in_force_until: date | None
    voluntary: bool
    applies_when: Condition
    sources: tuple[str, ...]
    verified: bool
    note: str
    clocks: Mapping[str, Clock]
    rules: Mapping[str, Duty]
    records: Mapping[str, Record]
    doors: tuple[Door, ...]
    indicators: Mapping[str, Indicator]

    @property
    def title(self) -> str:
        """What a complainant is shown, else the title of the law, in the reader's language."""
        return str(self.names) or str(self.titles)
