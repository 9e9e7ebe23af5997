"""What a reader is told instead of a key: the name of a clock, of a place, of an article."""

from functools import lru_cache

import holidays
from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region

from .schema import Clock, Pack
from .vocabulary_tables import vocabulary, word


def pack_title(pack: Pack, language: str) -> str:
    """What a regime is called: its title, which a law has in its own country's languages, else the
    plain name that readers of other languages are given.
    """
    code = language.lower()
    return pack.titles.get(code) or pack.names.get(code) or pack.titles.in_language(language)


def clock_name(clock: Clock) -> str:
    """What a clock is for: "Reasoned answer"."""
    return word("clocks", clock.name)


def has_number(article: str) -> bool:
    """Whether a provision can be cited; "general practice" and "RGC" cannot."""
    return any(character.isdigit() for character in article)


def article_in_words(article: str) -> str:
    """An article as it is cited: a range has a dash, which every language reads.

    Empty where the pack only has a note in its own language: an article has a number.
    """
    cited = article.replace(" to ", "–") if has_number(article) else ""
    return _("art. %(article)s") % {"article": cited} if cited else ""


def place_name(key: str) -> str:
    """A place whose holidays count, in the reader's language: "Catalonia", "Rio de Janeiro".

    The key itself where no calendar has such a place.
    """
    return _place_name(key.strip(), get_language() or "en")


@lru_cache(maxsize=2048)
def _place_name(key: str, language: str) -> str:
    known = vocabulary("places").get(key.upper())
    if known is not None:
        return known.text.in_language(language)
    try:
        place = region(key)
    except ClockRefused:
        return key
    country = Locale.parse(language, sep="-").territories.get(place.country, place.country)
    if place.subdivision is None:
        return str(country)
    return f"{_subdivision(place.country, place.subdivision)}, {country}"


def _subdivision(country: str, code: str) -> str:
    """A state or province under its own name, as far as the calendars know it."""
    aliases = getattr(holidays.country_holidays(country), "subdivisions_aliases", None) or {}
    return str(next((name for name, alias in aliases.items() if alias == code), code))
