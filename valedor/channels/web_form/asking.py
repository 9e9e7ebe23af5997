"""A form dressed for the kind of contact: which questions show, and in which words.

Every question is in the page. Those that the chosen kind does not ask are folded away until another
is chosen (``asked-for.js``) or something stands in them; without scripts the page that comes back
shows those of the kind that was chosen.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django import forms

from valedor.casefile.models import Kind
from valedor.intake.kind_forms import EVERYTHING, FORMS, KindForm, Words, kinds_asking


@dataclass(frozen=True)
class Asked:
    """For which kinds a part of the page is there, and whether the chosen one is among them."""

    kinds: str
    is_now: bool


@dataclass(frozen=True)
class Variant:
    """Words that stand for some kinds of contact."""

    words: str
    asked: Asked


def asked_for(names: Sequence[str], kind: Kind, among: Sequence[Kind]) -> dict[str, Asked]:
    """Of each question, which kinds ask it."""
    return {name: _asked(kinds_asking(name, among), kind) for name in names}


def for_others(kinds: Collection[Kind], kind: Kind, among: Sequence[Kind]) -> Asked:
    """What stands beside every kind but some."""
    return _asked([one for one in among if one not in kinds], kind)


def titles(kind: Kind, among: Sequence[Kind]) -> list[Variant]:
    """The heading of the page, for each kind."""
    return _variants({one: str(FORMS[one].title) for one in among}, kind)


def dress(
    fields: Mapping[str, forms.Field],
    kind: Kind,
    among: Sequence[Kind],
    words_of: Callable[[KindForm], Mapping[str, Words]],
    *,
    apart: frozenset[str] = frozenset(),
) -> None:
    """Put the questions in the words of each kind, and fold away what the chosen one does not ask.
    ``apart``: questions that the page folds away by itself, in groups.
    """
    for name, field in fields.items():
        if name in EVERYTHING - apart:
            field.asked = asked_for([name], kind, among)[name]  # type: ignore[attr-defined]
        said = {one: words_of(FORMS[one]).get(name) for one in among}
        if not any(said.values()):
            continue
        labels = {one: str(words.label if words else field.label) for one, words in said.items()}
        helps = {
            one: str((words.help if words else "") or field.help_text)
            for one, words in said.items()
        }
        field.labels, field.helps = _variants(labels, kind), _variants(helps, kind)  # type: ignore[attr-defined]
        field.label, field.help_text = labels[kind], helps[kind]
        words = said[kind]
        if words is not None and words.missing:
            field.error_messages["required"] = str(words.missing)


def _variants(words: Mapping[Kind, str], kind: Kind) -> list[Variant]:
    kinds: dict[str, list[Kind]] = {}
    for one, said in words.items():
        kinds.setdefault(said, []).append(one)
    return [Variant(said, _asked(ones, kind)) for said, ones in kinds.items() if said]


def _asked(kinds: Sequence[Kind], kind: Kind) -> Asked:
    return Asked(" ".join(kinds), kind in kinds)
