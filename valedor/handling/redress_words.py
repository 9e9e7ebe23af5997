"""Redress in words, for letters and for the timeline."""

from typing import Any

from babel.numbers import format_currency
from django.utils.translation import override

from valedor.foundation.multilingual import MultilingualText
from valedor.foundation.spoken_dates import locale_of
from valedor.handling.models import Redress
from valedor.procedures.house_rules import HouseRules


def told(redress: Redress) -> dict[str, Any]:
    """What every fact about redress holds."""
    amount = "" if redress.amount is None else f"{redress.amount:.2f} {redress.currency}"
    return {"redress": redress.pk, "what": str(redress.kind), "amount": amount}


def in_words(redress: Redress, house: HouseRules, language: str) -> str:
    """What is offered, as a letter says it.

    Its name in the catalogue, how much, and its own words.
    """
    said = name_and_amount(redress, house, language)
    # The day by which it is done may follow: a full stop before it would end the sentence twice.
    own_words = redress.text.strip()
    if not own_words.endswith(".."):
        own_words = own_words.removesuffix(".")
    return f"{said}: {own_words}" if own_words else said


def name_and_amount(redress: Redress, house: HouseRules, language: str) -> str:
    """What is offered by its name in the catalogue, and how much."""
    name = house.redress_names.get(redress.kind, MultilingualText()).in_language(language)
    if not name:
        with override(language):
            name = str(dict(Redress.Kind.choices).get(redress.kind, redress.kind))
    if redress.amount is None:
        return name
    amount = format_currency(redress.amount, redress.currency, locale=locale_of(language))
    return f"{name}, {amount}"
