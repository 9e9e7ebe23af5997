"""What a reader is told instead of a key: the name of a clock, of a place, of an article."""

import re
from functools import lru_cache

import holidays
from babel import Locale
from django.utils.translation import get_language

from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region

from .schema import Clock, Pack
from .vocabulary_tables import vocabulary, word

_IS_PROSE = re.compile(r"\b(?!arts\b)[a-z]{4,}\b")


def pack_title(pack: Pack, language: str) -> str:
    """What a regime is called: its title, which a law has in its own country's languages, else the
    plain name that readers of other languages are given.
    """
    code = language.lower()
    return pack.titles.get(code) or pack.names.get(code) or pack.titles.in_language(language)


def clock_name(clock: Clock) -> str:
    """What a clock is for: "Reasoned answer"."""
    return word("clocks", clock.name)


def article_in_words(pack: Pack, clock: Clock) -> str:
    """The provision behind a limit as it is cited: "art. 17.8", "RD 899/2009 art. 27".

    A range has a dash, which every language reads, and the four languages shorten an article
    alike. A standard has clauses, and some provisions name their own law. Empty where the pack
    only has a note in its own language: "general practice", "RGC".
    """
    cited = clock.article.replace(" to ", "–")
    if not any(character.isdigit() for character in cited) or _IS_PROSE.search(cited):
        return ""
    is_article = cited[0].isdigit() and not pack.voluntary
    return f"art. {cited}" if is_article else cited


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
