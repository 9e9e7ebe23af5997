"""Taking out of a redacted copy what is nobody's business there: how people are reached, their
numbers, the names of the staff and of protected persons.

What the register knows is found by itself; addresses and numbers that somebody wrote into a text
are found by their form. A name of a third person that stands in a text only is not: whoever makes
the copy reads it before it leaves (docs/guides/dossier.md).
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

import phonenumbers
from stdnum import iban
from stdnum.br import cpf
from stdnum.es import dni, nie

from valedor.casefile.models import Case
from valedor.disputes.dossier.contents import Contents
from valedor.people.models import ContactPoint

_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")
_SPANISH = re.compile(r"\b(?:[XYZ][ -]?)?\d{7,8}[ -]?[A-Z]\b", re.IGNORECASE)
_BRAZILIAN = re.compile(r"\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b")
Check = Callable[[str], bool]
_NUMBERS: tuple[tuple["re.Pattern[str]", tuple[Check, ...]], ...] = (
    (_IBAN, (iban.is_valid,)),
    (_SPANISH, (dni.is_valid, nie.is_valid)),
    (_BRAZILIAN, (cpf.is_valid,)),
)
_SHORTEST = 4
"""What is shorter than this says nothing about anybody, and stands in too many words."""


class Redactor:
    """Takes out, and counts how often. One that ``takes`` nothing out lets every text be."""

    def __init__(self, mark: str, *, taken: Iterable[str] = (), region: str = "", kept: str = ""):
        words = {word.strip() for word in taken if len(word.strip()) >= _SHORTEST}
        ordered = sorted(words, key=len, reverse=True)
        self._known = (
            re.compile("|".join(_as_written(word) for word in ordered), re.IGNORECASE)
            if ordered
            else None
        )
        self.mark, self.region, self.kept, self.count = mark, region, kept, 0

    def text(self, text: str) -> str:
        """A text without what is taken out of it."""
        if not self.region or not text:
            return text
        if self._known is not None:
            text = self._known.sub(self._out, text)
        text = _MAIL.sub(self._out, text)
        for form, checks in _NUMBERS:
            text = form.sub(partial(self._if, checks), text)
        return self._without_numbers(text)

    def _if(self, checks: Iterable[Check], found: "re.Match[str]") -> str:
        """Taken out where its check letter or digits say that it is such a number."""
        is_one = any(check(found.group()) for check in checks)
        return self._out(found) if is_one else found.group()

    def _out(self, found: "re.Match[str]") -> str:
        if self.kept and found.group() in self.kept:
            return found.group()
        self.count += 1
        return self.mark

    def _without_numbers(self, text: str) -> str:
        pieces, ends = [], 0
        for found in phonenumbers.PhoneNumberMatcher(text, self.region):
            if found.raw_string in self.kept:
                continue
            pieces += [text[ends : found.start], self.mark]
            ends = found.end
            self.count += 1
        return "".join([*pieces, text[ends:]])


def _as_written(word: str) -> str:
    """A word as a pattern: whole, however its blanks are broken."""
    pieces = r"\s+".join(re.escape(piece) for piece in word.split())
    return rf"(?<!\w){pieces}(?!\w)"


def whole(mark: str) -> Redactor:
    """For a full copy: nothing is taken out."""
    return Redactor(mark)


def redactor_for(contents: Contents, mark: str) -> Redactor:
    """For a redacted copy of these contents."""
    case = contents.case
    return Redactor(
        mark,
        taken=_known_of(case, contents),
        region=contents.house.entity.country,
        kept=f"{case.reference} {contents.house.entity.telephone}",
    )


def _known_of(case: Case, contents: Contents) -> Iterable[str]:
    yield case.contract_number
    for point in contents.points:
        yield point.value
        if point.kind == ContactPoint.Kind.POST:
            yield from point.value.splitlines()
    people = [case.complainant]
    if case.mandate is not None:
        people += [case.mandate.representative, case.mandate.represented]
    for person in people:
        if person is not None:
            yield person.identity_number
            if case.is_protected:
                yield person.name
    yield from contents.names.values()
