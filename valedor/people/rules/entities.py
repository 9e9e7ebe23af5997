"""What an entity may say of itself: where it is, how it speaks, how long it waits."""

import re
from collections.abc import Collection, Sequence
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from valedor.clocks.regions import known_regions
from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.refusals import Refusal

from .words import unknown

LONGEST_HELD = 120

SHORTEST_REACTION, LONGEST_REACTION = 1, 90

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"

# Plain http only on this machine: anybody on the way could put another page around the form.
_ORIGIN = re.compile(
    rf"https://(?:\*\.)?{_LABEL}(?:\.{_LABEL})+(?::[0-9]{{1,5}})?"
    r"|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?"
)


def why_not_place(*, country: str, region: str, timezone: str) -> Refusal | None:
    """Country and region are those of working calendars; the zone is one of the tz database."""
    regions = known_regions()
    countries = [key for key in regions if len(key) == 2]
    if country not in countries:
        return unknown(
            "unknown_country", _("There is no country %(word)s: try %(near)s."), country, countries
        )
    if region != country and not region.startswith(f"{country}-"):
        return Refusal(
            "region_elsewhere",
            _("The region %(region)s does not lie in %(country)s."),
            {"region": region, "country": country},
        )
    if region not in regions:
        return unknown(
            "unknown_region", _("There is no region %(word)s: try %(near)s."), region, regions
        )
    if timezone not in available_timezones():
        return unknown(
            "unknown_timezone",
            _("There is no time zone %(word)s: try %(near)s."),
            timezone,
            available_timezones(),
        )
    return None


def why_not_languages(languages: Sequence[str], default: str) -> Refusal | None:
    """An entity speaks some of the four languages, one of them by default."""
    if not languages:
        return Refusal("no_language", _("An entity speaks at least one language."))
    for language in (*languages, default):
        if language not in LANGUAGES:
            return unknown(
                "unknown_language",
                _("There is no language %(word)s here: try %(near)s."),
                language,
                LANGUAGES,
            )
    if default not in languages:
        return Refusal(
            "default_not_spoken",
            _("The default language %(language)s is not among the languages of the entity."),
            {"language": default},
        )
    return None


def why_not_trade_hours(hours: int) -> Refusal | None:
    """The trade's own first answer, where nothing stricter binds: within a day or two."""
    if hours in {24, 48}:
        return None
    return Refusal(
        "trade_hours", _("The first answer of the trade comes within 24 or within 48 hours.")
    )


def why_not_embedding_sites(sites: Collection[str]) -> Refusal | None:
    """Each is the origin of a site, as a browser compares it: scheme and host, and no path."""
    for site in sites:
        if not _ORIGIN.fullmatch(site):
            return Refusal(
                "site_unreadable",
                _(
                    "“%(site)s” is no site: write https:// and the host, without a path, such as "
                    "https://www.example.org."
                ),
                {"site": site[:80]},
            )
    return None


def why_not_days_to_react(days: int) -> Refusal | None:
    """Time to read an answer and to disagree: a day at least, and a season at most."""
    if SHORTEST_REACTION <= days <= LONGEST_REACTION:
        return None
    return Refusal(
        "days_to_react",
        _("A person has between %(least)s and %(most)s days to say that they do not agree."),
        {"least": SHORTEST_REACTION, "most": LONGEST_REACTION},
    )


def why_not_seconds_to_take_back(seconds: int) -> Refusal | None:
    """Long enough to notice a slip, too short to keep anybody waiting."""
    if 0 <= seconds <= LONGEST_HELD:
        return None
    return Refusal(
        "seconds_to_take_back",
        _("An answer waits between 0 and %(most)s seconds before it leaves."),
        {"most": LONGEST_HELD},
    )
