"""The fields of the public form as mark-up: those of an untouched form are drawn once and kept.

Whoever opens the form sees the same fields until a setting changes or another day begins; drawing
them is most of the work of the page that the public opens most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.safestring import SafeString

from valedor.channels.web_form.questions import ComplaintForm
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken

# What an address may choose beforehand; anything else was typed.
_FROM_THE_ADDRESS = {"kind", "category", "answer_channel"}


@dataclass(frozen=True)
class DrawnFields:
    """The fields by name, and those that ask what only the person knows."""

    by_name: Mapping[str, SafeString]
    asked: tuple[SafeString, ...]


def drawn_fields(form: ComplaintForm, house: HouseRules, *, on: date) -> DrawnFields:
    """Every field with its label, help and errors."""
    if form.is_bound or set(form.initial) - _FROM_THE_ADDRESS:
        return _draw(form)
    chosen = tuple(sorted((name, str(value)) for name, value in form.initial.items()))
    asks = tuple((key, str(form.fields[f"fact_{key}"].label)) for key in form.asked)
    return _untouched(house, spoken.language(), on, chosen, asks)


@lru_cache(maxsize=256)
def _untouched(
    house: HouseRules,
    _language: str,
    on: date,
    chosen: tuple[tuple[str, str], ...],
    asks: tuple[tuple[str, str], ...],
) -> DrawnFields:
    return _draw(ComplaintForm(house, on=on, ask=asks, initial=dict(chosen)))


def _draw(form: ComplaintForm) -> DrawnFields:
    by_name = {field.name: field.as_field_group() for field in form}
    return DrawnFields(by_name, tuple(by_name[f"fact_{key}"] for key in form.asked))
