"""Days and moments as people say them, in the four languages, with the zone named.

A legal limit ends at midnight somewhere: every hour that is shown names where its clock hangs.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location

_AT = {
    "es": "%(day)s a las %(hour)s, hora de %(place)s",
    "ca": "%(day)s a les %(hour)s, hora de %(place)s",
    "pt-br": "%(day)s às %(hour)s, horário de %(place)s",
    "en": "%(day)s at %(hour)s, %(place)s time",
}
# English of a European house: the day before the month, as the other three have it.
_LONG = {"en": "d MMMM y"}
_FULL = {"en": "EEEE, d MMMM y"}


@lru_cache(maxsize=8)
def locale_of(language: str) -> Locale:
    """How a language writes, by our name for it: ``pt-br``."""
    return Locale.parse(language, sep="-")


@lru_cache(maxsize=4096)
def day_in_words(day: date, language: str, *, with_weekday: bool = False) -> str:
    """A day: ``15 de diciembre de 2026``; with its day of the week where asked."""
    formats, usual = (_FULL, "full") if with_weekday else (_LONG, "long")
    return str(format_date(day, formats.get(language, usual), locale=locale_of(language)))


@lru_cache(maxsize=256)
def place_of_zone(zone: str, language: str) -> str:
    """The city whose clocks a zone is known by: ``Madrid``, ``São Paulo``."""
    return str(get_timezone_location(zone, locale=locale_of(language), return_city=True))


def moment_in_words(moment: datetime, zone: str, language: str) -> str:
    """A moment: day, hour and whose hour it is."""
    local = moment.astimezone(ZoneInfo(zone))
    return _AT.get(language, _AT["en"]) % {
        "day": day_in_words(local.date(), language),
        "hour": str(format_time(local.time(), "HH:mm", locale=locale_of(language))),
        "place": place_of_zone(zone, language),
    }
