"""The fields of a body in a file: reader, writer and docs/reference/bodies.md follow them."""

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a field holds."""

    TEXT = "text"
    WORDS = "text in languages"
    TEXTS = "list of texts"
    AMOUNT = "amount, as text"
    DAY = "day"


@dataclass(frozen=True)
class Field:
    """One field. ``vocabulary`` names the table of words out of which it comes."""

    name: str
    holds: Holds
    meaning: str
    is_needed: bool = False
    vocabulary: str = ""


T, W = Holds.TEXT, Holds.WORDS
FIELDS = (
    Field("key", T, "Its key through all versions: small letters, digits, hyphens.", True),
    Field("kind", T, "A word of the packs' vocabulary of bodies.", True, "bodies"),
    Field("name", W, "What it is called; one language is enough for a proper name.", True),
    Field("place", T, "Whom it serves: a country or a region of it, such as ES, ES-CT or BR-RJ.",
          True),
    Field("municipality", T, "The town, where it serves the people of one town alone."),
    Field("sectors", Holds.TEXTS, "The trades it hears of, as entities name theirs; every trade if "
          "left out."),
    Field("amount_from", Holds.AMOUNT, "The least it hears of, such as \"300.00\"."),
    Field("amount_until", Holds.AMOUNT, "The most it hears of."),
    Field("currency", T, "Three letters, such as EUR; needed with an amount."),
    Field("method", T, "facilitative, advisory or determinative (ISO 10003).", True),
    Field("decides", W, "What it can decide."),
    Field("costs", T, "free, may_cost or depends; as for its kind if left out.", False, "costs"),
    Field("binds", T, "Whom its answer binds: nobody, company, both, agreement or depends; as for "
          "its kind if left out.", False, "bindings"),
    Field("languages", Holds.TEXTS, "Languages in which one can write to it, such as ca, es."),
    Field("address", T, "Where it is."),
    Field("email", T, "Where it is written to."),
    Field("telephone", T, "Where it is called."),
    Field("form_url", T, "The page on which one files or reads how: https://…"),
    Field("how_to_file", W, "How one turns to it, in a sentence or two."),
    Field("valid_from", Holds.DAY, "The first day of this version.", True),
    Field("valid_until", Holds.DAY, "Its last day; none if left out."),
    Field("source", T, "Where this was read.", True),
    Field("checked_on", Holds.DAY, "On which day that was.", True),
)  # fmt: skip
LANGUAGE_COLUMNS = {"es": "es", "ca": "ca", "pt-BR": "pt-br", "en": "en"}
"""The languages as files write them, and as the house calls them."""


def columns() -> list[str]:
    """The columns of the CSV: a text in languages has one for each, ``name_es``."""
    return [
        column
        for field in FIELDS
        for column in (
            [f"{field.name}_{code}" for code in LANGUAGE_COLUMNS]
            if field.holds is Holds.WORDS
            else [field.name]
        )
    ]
