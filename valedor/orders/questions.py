"""What an organisation asks about an order: a question a line, a star where it must be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from valedor.foundation.multilingual import MultilingualText

STAR = "*"
MOST = 12
LONGEST = 120


@dataclass(frozen=True)
class Question:
    """One question, in one language."""

    text: str
    is_required: bool


def questions_of(asked: MultilingualText, language: str) -> tuple[Question, ...]:
    """What is asked, in a language."""
    return read_questions(asked.in_language(language))


def read_questions(text: str) -> tuple[Question, ...]:
    """The questions of a text, a line each; empty lines are none."""
    lines = [line.strip() for line in text.splitlines()]
    return tuple(
        Question(line.removesuffix(STAR).rstrip(), line.endswith(STAR))
        for line in lines
        if line.removesuffix(STAR).strip()
    )


def are_alike(texts: Mapping[str, str]) -> bool:
    """Whether every language asks as many questions, and those that must be answered in the same
    places.
    """
    shapes = {
        tuple(one.is_required for one in read_questions(text)) for text in texts.values() if text
    }
    return len(shapes) <= 1


def in_words(answers: Sequence[Sequence[str]]) -> str:
    """Questions with their answers, a line each. What was left open is left out."""
    return "\n".join(
        f"{question} {answer}" if question.endswith(("?", ":")) else f"{question}: {answer}"
        for question, answer in answers
        if answer
    )
