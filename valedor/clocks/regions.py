"""Places and their public holidays, by country, region and town.

The `holidays` package brings most of them, `ES-CT` or `BR-RJ` say. Two keys are of this house:
`ES-CT-BCN`, Barcelona with its two local days, and `BR-BANK`, days on which Brazilian banks serve.
"""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

import holidays
from holidays import HolidayBase

from .refusals import ClockRefused

PUBLISHED_THROUGH = 2026
"""Last year whose holidays the authorities have published (as of 22 November 2026)."""

BANK_DAYS_BEYOND_THE_NATIONAL = ("Carnival", "Corpus Christi")
"""Days without bank service in Brazil (Febraban). Ash Wednesday opens at noon: it is worked."""


@dataclass(frozen=True)
class Region:
    """A place whose holidays are known: its key, its country, and where the days come from."""

    key: str
    country: str
    subdivision: str | None = None
    without_local_days: str | None = None
    """Key of the region around a town: its calendar leaves the town's own days out."""
    banks: bool = False


OURS = {
    "ES-CT-BCN": Region("ES-CT-BCN", "ES", "Barcelona", without_local_days="ES-CT"),
    "BR-BANK": Region("BR-BANK", "BR", banks=True),
}
TOWNS_OF_THE_PACKAGE = {("ES", "Barcelona"): "ES-CT", ("BR", "São Paulo Capital"): "BR-SP"}


@lru_cache(maxsize=1)
def known_regions() -> tuple[str, ...]:
    """Every key that may be asked for."""
    keys = list(OURS)
    for country, subdivisions in holidays.list_supported_countries().items():
        keys.append(country)
        keys += [f"{country}-{subdivision}" for subdivision in subdivisions]
    return tuple(sorted(keys))


@lru_cache(maxsize=1024)
def region(key: str) -> Region:
    """The region of a key. Raises `ClockRefused("unknown_region")` with the nearest key."""
    if key in OURS:
        return OURS[key]
    if key in known_regions():
        country, _, subdivision = key.partition("-")
        around = TOWNS_OF_THE_PACKAGE.get((country, subdivision))
        # The package also knows countries by three letters, and GB as UK.
        plain = str(_package(country, None, PUBLISHED_THROUGH, None).country)
        return Region(key, plain, subdivision or None, without_local_days=around)
    folded = {known.upper(): known for known in known_regions()}
    near = get_close_matches(key.upper(), folded, n=1, cutoff=0.3)
    raise ClockRefused("unknown_region", region=key, nearest=folded[near[0]] if near else "ES")


@lru_cache(maxsize=4096)
def holidays_of(key: str, year: int) -> dict[date, str]:
    """Public holidays of a region in one year, with their English names.

    Raises `ClockRefused("outside_calendars")` for a year of which nothing is known.
    """
    place = region(key)
    national = _days(place.country, None if place.banks else place.subdivision, year, key)
    found = dict(national)
    if place.banks:
        optional = _package(place.country, None, year, ("optional",))
        found |= {
            day: name for day, name in optional.items() if name in BANK_DAYS_BEYOND_THE_NATIONAL
        }
    return {day: name for day, name in found.items() if day.year == year}


def years_known(key: str) -> tuple[int, int]:
    """First and last year of which holidays of a region are known."""
    known = _package(region(key).country, None, PUBLISHED_THROUGH, None)
    return max(int(known.start_year), 1900), min(int(known.end_year), 2200)


def _days(country: str, subdivision: str | None, year: int, key: str) -> HolidayBase:
    first, last = years_known(key)
    if not first <= year <= last:
        raise ClockRefused("outside_calendars", region=key, year=year, first=first, last=last)
    return _package(country, subdivision, year, None)


def _package(
    country: str, subdivision: str | None, year: int, categories: tuple[str, ...] | None
) -> HolidayBase:
    languages = _languages(country)
    return holidays.country_holidays(
        country,
        subdiv=subdivision,
        years=year,
        language="en_US" if "en_US" in languages else None,
        categories=categories,
    )


@lru_cache(maxsize=512)
def _languages(country: str) -> tuple[str, ...]:
    return tuple(holidays.list_localized_countries().get(country, ()))
