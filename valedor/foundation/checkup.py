"""What ``valedor check`` asks: each package adds questions in a module named ``checkup``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the check: what was found, and what to do where something must be done."""

    sentence: str
    to_do: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing must be done."""
        return not self.to_do


Question = Callable[[], Iterable[Finding]]
_questions: dict[str, Question] = {}


def question(name: str) -> Callable[[Question], Question]:
    """Add a question under a name that the check prints before its findings.

    It yields at least one finding, a good one too, so that silence is never taken for health.
    """

    def add(asked: Question) -> Question:
        _questions[name] = asked
        return asked

    return add


def questions() -> dict[str, Question]:
    """All of them, in the order in which they were added."""
    return dict(_questions)
