"""Facts: what happened to a case, as typed values that read as sentences.

A package lists its own in its ``facts.py``. Each says which seats see it, which of its details are
personal, and how it reads; ``casefile.timeline`` is the only writer.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django.utils.functional import Promise

from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.foundation.multilingual import MultilingualText

KNOWN: dict[str, type["Fact"]] = {}
_AS_IT_IS = frozenset({str, int, bool, dict, type(None)})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. Subclasses name their code, and hold what the sentence needs.

    ``body`` is free text (a message, a note, reasons) and always personal.
    """

    kind: ClassVar[str]
    seats: ClassVar[Seat] = BOTH_SIDES
    personal: ClassVar[frozenset[str]] = frozenset()
    sentence: ClassVar[str | Promise]
    icon: ClassVar[str] = "dot"

    def __init_subclass__(
        cls, *, kind: str, seats: Seat = BOTH_SIDES, personal: tuple[str, ...] = ()
    ) -> None:
        cls.kind, cls.seats, cls.personal = kind, seats, frozenset(personal)
        if kind in KNOWN and KNOWN[kind].__qualname__ != cls.__qualname__:
            raise TypeError(f"two facts call themselves {kind}")
        KNOWN[kind] = cls

    def split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The details that stay for ever, and the personal ones, both as JSON knows them."""
        lasting, personal = _details(self.kind)
        values = vars(self)
        return (
            {name: _plain(values[name]) for name in lasting},
            {name: _plain(values[name]) for name in personal},
        )


def in_words(details: Mapping[str, Any]) -> dict[str, Any]:
    """Details as a reader of now gets them: names that the house gives in several languages are
    kept in all of them and read in one.
    """
    return {
        name: str(MultilingualText(value)) if isinstance(value, dict) else value
        for name, value in details.items()
    }


@cache
def _details(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what stays for ever, as declared, and of what is personal, sorted."""
    fact = KNOWN[kind]
    names = [field.name for field in dataclasses.fields(fact)]
    lasting = tuple(name for name in names if name not in fact.personal)
    return lasting, tuple(sorted(fact.personal))


def _plain(value: Any) -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
