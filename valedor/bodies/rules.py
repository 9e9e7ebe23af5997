"""What may not be said of a body or of an adhesion, and why. Pure: values in, a refusal out."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from valedor.bodies.models import Adhesion, Body
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region
from valedor.foundation.refusals import Refusal
from valedor.procedures.refusals import nearest
from valedor.procedures.vocabulary_tables import vocabulary

_KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_CURRENCY = re.compile(r"^[A-Z]{3}$")
_LANGUAGE = re.compile(r"^[a-z]{2}(-[a-z]{2})?$")
_MOST = Decimal(10) ** 10
_is_web = URLValidator(schemes=["https", "http"])


def kinds_outside() -> tuple[str, ...]:
    """The kinds of body that stand outside the house, from the nearest to the last."""
    known = vocabulary("bodies")
    return tuple(key for key, word in known.items() if word.instance != "company")


def why_not_body(body: Body, others: Iterable[Body]) -> Refusal | None:
    """Whether a version of a body can stand beside the others, its own versions and the rest."""
    return (
        _why_not_what_it_is(body)
        or _why_not_where(body)
        or why_not_amounts(body.amount_from, body.amount_until, body.currency)
        or _why_not_reached(body)
        or _why_not_since(body)
        or _why_not_beside(body, others)
    )


def _why_not_what_it_is(body: Body) -> Refusal | None:
    if not _KEY.match(body.key) or len(body.key) > 60:
        return Refusal(
            "key_unreadable",
            _("“%(key)s” cannot be a key: write small letters, digits and hyphens, at most 60."),
            {"key": body.key},
        )
    if not any(text.strip() for text in body.name.values()):
        return Refusal("no_name", _("Write the name of the body in at least one language."))
    return (
        _unknown("kind", body.kind, kinds_outside())
        or _unknown("method", body.method, Body.Method.values)
        or (_unknown("costs", body.costs, vocabulary("costs")) if body.costs else None)
        or (_unknown("binds", body.binds, vocabulary("bindings")) if body.binds else None)
    )


def _why_not_where(body: Body) -> Refusal | None:
    try:
        place = region(body.place)
    except ClockRefused as refused:
        return _unknown("place", body.place, [str(refused.particulars["nearest"])])
    if place.banks:
        return Refusal(
            "not_a_place",
            _("“%(place)s” is a calendar, not a place: write the country or the state."),
            {"place": body.place},
        )
    if body.country != place.country:
        return Refusal(
            "place_elsewhere",
            _("“%(place)s” does not lie in %(country)s."),
            {"place": body.place, "country": body.country},
        )
    for sector in body.sectors:
        if not sector.replace("_", "").isalpha() or sector != sector.lower():
            return Refusal(
                "sector_unreadable",
                _(
                    "“%(sector)s” cannot be a trade: write a word such as water, as the entity "
                    "has it."
                ),
                {"sector": sector},
            )
    return None


def why_not_amounts(least: Decimal | None, most: Decimal | None, currency: str) -> Refusal | None:
    """Amounts are money: not below zero, the lower before the higher, in a known currency."""
    for amount in (least, most):
        if amount is not None and not 0 <= amount < _MOST:
            return Refusal(
                "impossible_amount", _("An amount is not below zero: write it or leave it out.")
            )
    if most is not None and most == 0:
        return Refusal("impossible_amount", _("Up to nothing, nothing is heard: leave it out."))
    if least is not None and most is not None and least > most:
        return Refusal("amounts_reversed", _("The lower amount comes first."))
    if (least is not None or most is not None or currency) and not _CURRENCY.match(currency):
        return Refusal(
            "currency_unreadable", _("Write the currency with three letters, such as EUR.")
        )
    return None


def _why_not_reached(body: Body) -> Refusal | None:
    for language in body.languages:
        if not _LANGUAGE.match(language):
            return Refusal(
                "language_unreadable",
                _("“%(language)s” is no language: write two letters, such as ca."),
                {"language": language},
            )
    try:
        if body.email:
            validate_email(body.email)
        if body.form_url:
            _is_web(body.form_url)
    except ValidationError:
        return Refusal(
            "address_unreadable",
            _("Write an e-mail address such as a@b.example, and a page that begins with https://."),
        )
    return None


def _why_not_since(body: Body) -> Refusal | None:
    if body.valid_until is not None and body.valid_until < body.valid_from:
        return Refusal("ends_before_it_begins", _("The last day comes before the first."))
    if not body.source.strip():
        return Refusal(
            "no_source", _("Say where this was read, and on which day: people rely on it.")
        )
    return None


def _why_not_beside(body: Body, others: Iterable[Body]) -> Refusal | None:
    for other in others:
        if other.pk == body.pk and body.pk is not None:
            continue
        if not _meet(body, other):
            continue
        if other.key == body.key:
            return Refusal(
                "versions_overlap",
                _(
                    "“%(key)s” has a version from %(begins)s that is still valid then: end it "
                    "first, or begin the new one after it."
                ),
                {"key": body.key, "begins": other.valid_from.isoformat()},
            )
        if _is_the_same(body, other):
            return Refusal(
                "body_twice",
                _("This is “%(other)s” under another key: change that one instead."),
                {"other": other.key},
            )
    return None


def _is_the_same(one: Body, other: Body) -> bool:
    same = (one.kind, one.place, one.municipality) == (other.kind, other.place, other.municipality)
    return same and any(
        one.name.get(language, "").strip().casefold() == text.strip().casefold()
        for language, text in other.name.items()
    )


def _meet(one: Body | Adhesion, other: Body | Adhesion) -> bool:
    """Whether both are valid on some day."""
    last, others_last = one.valid_until or date.max, other.valid_until or date.max
    return one.valid_from <= others_last and other.valid_from <= last


def why_not_adhesion(
    adhesion: Adhesion, known: Iterable[Body], others: Iterable[Adhesion]
) -> Refusal | None:
    """An entity joins a body that is known, once at a time, with limits that can be meant."""
    bodies = list(known)
    keys = sorted({body.key for body in bodies})
    if refusal := _unknown("body", adhesion.body, keys):
        return refusal
    if adhesion.valid_until is not None and adhesion.valid_until < adhesion.valid_from:
        return Refusal("ends_before_it_begins", _("The last day comes before the first."))
    last = max(
        (body.valid_until or date.max for body in bodies if body.key == adhesion.body),
    )
    if adhesion.valid_from > last:
        return Refusal(
            "body_ended",
            _("“%(body)s” ended on %(day)s: nobody can join it after that."),
            {"body": adhesion.body, "day": last.isoformat()},
        )
    if refusal := why_not_amounts(None, adhesion.amount_until, adhesion.currency):
        return refusal
    for other in others:
        if other.pk != adhesion.pk and other.body == adhesion.body and _meet(adhesion, other):
            return Refusal(
                "adhesions_overlap",
                _("The entity has joined “%(body)s” from %(begins)s already: end that first."),
                {"body": adhesion.body, "begins": other.valid_from.isoformat()},
            )
    return None


def why_not_end(begins: date, until: date | None, on: date) -> Refusal | None:
    """A last day lies not before the first, and is said once."""
    if until is not None and until <= on:
        return Refusal(
            "ended_already", _("It ended on %(day)s already."), {"day": until.isoformat()}
        )
    if on < begins:
        return Refusal("ends_before_it_begins", _("The last day comes before the first."))
    return None


def _unknown(field: str, word: str, known: Iterable[str]) -> Refusal | None:
    words = list(known)
    if word in words and field != "place":
        return None
    if not words:
        return Refusal("no_bodies", _("No body is known yet: bring them in with valedor bodies."))
    return Refusal(
        f"unknown_{field}",
        _("%(field)s says “%(word)s”, unknown here: try “%(near)s”."),
        {"field": field, "word": word, "near": nearest(word, words)},
    )
