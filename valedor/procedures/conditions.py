"""Conditions on facts that may be answered yes, no, or not yet.

A fact nobody has answered is asked, never guessed; until then the reading that protects the
person holds, which is for the caller to choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .vocabulary_tables import vocabulary

Answer = Literal["yes", "no", "unknown"]
Facts = Mapping[str, bool | None]


@dataclass(frozen=True)
class Verdict:
    """Whether a condition is met, and which facts must be asked to know."""

    answer: Answer
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """Facts that must all hold, of which one must hold, and of which none may hold."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the condition asks about, each once."""
        return tuple(dict.fromkeys((*self.all, *self.any, *self.none)))

    def judge(self, facts: Facts) -> Verdict:
        """Whether the condition is met, as far as the answers tell."""
        if any(facts.get(fact) is False for fact in self.all):
            return Verdict("no")
        if any(facts.get(fact) is True for fact in self.none):
            return Verdict("no")
        some_holds = not self.any or any(facts.get(fact) is True for fact in self.any)
        if not some_holds and all(facts.get(fact) is False for fact in self.any):
            return Verdict("no")
        unanswered = [fact for fact in (*self.all, *self.none) if facts.get(fact) is None]
        if not some_holds:
            unanswered += [fact for fact in self.any if facts.get(fact) is None]
        if unanswered:
            return Verdict("unknown", tuple(dict.fromkeys(unanswered)))
        return Verdict("yes")


def both(first: Verdict, second: Verdict) -> Verdict:
    """Whether two conditions are met together."""
    if "no" in (first.answer, second.answer):
        return Verdict("no")
    ask = tuple(dict.fromkeys((*first.ask, *second.ask)))
    return Verdict("unknown", ask) if ask else Verdict("yes")


def completed(facts: Facts, kind: str) -> dict[str, bool | None]:
    """The answers, with what they imply.

    Facts of one group answer one question, such as what the case is about: where one is yes, those
    nobody answered are no. Where none is, they stay open. A fact that is asked only of other kinds
    of contact is no.
    """
    known = vocabulary("facts")
    answered = {known[fact].group for fact, holds in facts.items() if holds and fact in known}
    implied: dict[str, bool | None] = {
        key: False
        for key, fact in known.items()
        if (fact.group and fact.group in answered) or (fact.kinds and kind not in fact.kinds)
    }
    return implied | {fact: holds for fact, holds in facts.items() if holds is not None}
