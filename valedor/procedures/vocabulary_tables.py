"""The closed vocabularies that packs are written in: each word with its meaning in four languages.

One file of `vocabulary/` is one table. A pack that uses a word outside them is refused.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from valedor.foundation.multilingual import LANGUAGES, MultilingualText

FOLDER = Path(__file__).parent / "vocabulary"


@dataclass(frozen=True)
class Word:
    """One word of a vocabulary: what it is called in each language, and what else is known of it.

    `asked_of` belongs to facts: organisation, person or handler; so do `group`, the one question
    that several facts answer together, and `kinds`, the only contacts of which it is asked. `costs`
    and `binds` belong to instances and bodies and are words of the tables of those names. To bodies
    belong `instance`, before which a case stands there; `content`, what a letter says by naming the
    body; `unless`, the bodies next to which it says nothing more; and `country`, the only one that
    has such a body.
    """

    key: str
    text: MultilingualText
    meaning: str = ""
    asked_of: str = ""
    group: str = ""
    kinds: tuple[str, ...] = ()
    costs: str = ""
    binds: str = ""
    instance: str = ""
    content: str = ""
    unless: tuple[str, ...] = ()
    country: str = ""

    def __str__(self) -> str:
        return str(self.text)


def multilingual(words: Mapping[str, str]) -> MultilingualText:
    """Words as files write them, `pt-BR`, as the rest of the house reads them, `pt-br`."""
    return MultilingualText({language.lower(): text for language, text in words.items()})


@lru_cache(maxsize=32)
def vocabulary(table: str) -> dict[str, Word]:
    """Every word of one table, by its key."""
    with (FOLDER / f"{table}.toml").open("rb") as file:
        entries = tomllib.load(file)
    codes = {"en", "es", "ca", "pt-BR"}
    return {
        key: Word(
            key=key,
            text=multilingual({code: text for code, text in entry.items() if code in codes}),
            meaning=entry.get("meaning", ""),
            asked_of=entry.get("asked_of", ""),
            group=entry.get("group", ""),
            kinds=tuple(entry.get("kinds", ())),
            costs=entry.get("costs", ""),
            binds=entry.get("binds", ""),
            instance=entry.get("instance", ""),
            content=entry.get("content", ""),
            unless=tuple(entry.get("unless", ())),
            country=entry.get("country", ""),
        )
        for key, entry in entries.items()
    }


def word(table: str, key: str) -> str:
    """One word in the reader's language; the key itself where the table has no such word."""
    found = vocabulary(table).get(key)
    return str(found) if found else key


def cost_and_effect(table: str, key: str) -> tuple[str, str]:
    """What turning to an instance or body costs, and whom its answer binds, in sentences."""
    found = vocabulary(table)[key]
    return word("costs", found.costs), word("bindings", found.binds)


def incomplete_words(table: str) -> list[str]:
    """Words of a table that lack one of the four languages."""
    needed = tuple(language for language in LANGUAGES if table != "holidays" or language != "en")
    return [key for key, entry in vocabulary(table).items() if entry.text.missing(needed)]
