"""Which time zone a place keeps, where that can be known from its key alone."""

from zoneinfo import ZoneInfo, available_timezones

from .refusals import ClockRefused
from .regions import region

BY_REGION = {
    "ES-CN": "Atlantic/Canary",
    "BR-AC": "America/Rio_Branco",
    "BR-AM": "America/Manaus",
    "BR-MS": "America/Campo_Grande",
    "BR-MT": "America/Cuiaba",
    "BR-RO": "America/Porto_Velho",
    "BR-RR": "America/Boa_Vista",
    "PT-20": "Atlantic/Azores",
    "PT-30": "Atlantic/Madeira",
    "US-CA": "America/Los_Angeles",
    "US-DC": "America/New_York",
    "US-HI": "Pacific/Honolulu",
    "US-IL": "America/Chicago",
    "US-MA": "America/New_York",
    "US-NY": "America/New_York",
    "US-PA": "America/New_York",
    "US-WA": "America/Los_Angeles",
}

BY_COUNTRY = {
    # Several zones, one of them the country's official or by far the usual one.
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "BR": "America/Sao_Paulo",
    "CL": "America/Santiago",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "FR": "Europe/Paris",
    # One zone.
    "AD": "Europe/Andorra",
    "AR": "America/Argentina/Buenos_Aires",
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "BO": "America/La_Paz",
    "CH": "Europe/Zurich",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DK": "Europe/Copenhagen",
    "DO": "America/Santo_Domingo",
    "EE": "Europe/Tallinn",
    "FI": "Europe/Helsinki",
    "GB": "Europe/London",
    "GR": "Europe/Athens",
    "GT": "America/Guatemala",
    "HN": "America/Tegucigalpa",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IN": "Asia/Kolkata",
    "IS": "Atlantic/Reykjavik",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "LI": "Europe/Vaduz",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga",
    "MA": "Africa/Casablanca",
    "MT": "Europe/Malta",
    "NI": "America/Managua",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PL": "Europe/Warsaw",
    "PY": "America/Asuncion",
    "RO": "Europe/Bucharest",
    "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
    "SV": "America/El_Salvador",
    "UY": "America/Montevideo",
    "VE": "America/Caracas",
    "ZA": "Africa/Johannesburg",
}


def zone_of(region_key: str) -> ZoneInfo:
    """The zone of a place. Raises `ClockRefused("timezone_needed")` where the key does not say it:
    a country with several zones and no usual one, or a country that this table leaves out.
    """
    key = region_key
    while key:
        if key in BY_REGION:
            return ZoneInfo(BY_REGION[key])
        key = key.rpartition("-")[0]
    country = region(region_key).country
    if country not in BY_COUNTRY:
        raise ClockRefused("timezone_needed", region=region_key)
    return ZoneInfo(BY_COUNTRY[country])


def zone_named(name: str) -> ZoneInfo:
    """A zone by its name in the tz database. Raises `ClockRefused("unknown_timezone")`."""
    if name not in available_timezones():
        raise ClockRefused("unknown_timezone", timezone=name)
    return ZoneInfo(name)
