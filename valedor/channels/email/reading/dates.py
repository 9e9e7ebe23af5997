"""When a message says it was written: RFC 5322, ISO 8601, and what programs make of them."""

import re
from datetime import UTC, datetime, timedelta, timezone

from .defects import Defects

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar",
            "apr abr",
            "may mai",
            "jun",
            "jul",
            "aug ago",
            "sep set",
            "oct out",
            "nov",
            "dec dic des dez",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60,
    "cest": 120, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "brt": -180, "brst": -120,
    "art": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420,
}  # fmt: skip
_TIME = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?"
_USUAL = re.compile(
    r"(?P<day>\d{1,2})(?:[\s.-]|de|of)+(?P<month>[a-zç]{3})[a-z]*\.?(?:[\s,-]|de)*"
    rf"(?P<year>\d{{4}}|\d{{2}})\s*,?\s*{_TIME}\s*(?P<half>[ap]m)?\s*(?P<zone>\S*)"
)
_ASCTIME = re.compile(
    rf"(?P<month>[a-zç]{{3}})[a-z]*\s+(?P<day>\d{{1,2}}),?\s+(?:{_TIME}\s*(?P<half>[ap]m)?\s*"
    r"(?P<zone>[a-z]{1,5}|[+-]\d{4})?\s+)(?P<year>\d{4})(?P<zone_after>\s+\S+)?"
)
_OFFSET = re.compile(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})")


def moment_of(value: str, defects: Defects) -> datetime | None:
    """A moment with its offset; none where none can be read. What has no zone is UTC."""
    text = value[:200].strip().lower()
    if not text:
        return None
    found = _USUAL.search(text) or _ASCTIME.search(text)
    try:
        read = _from_words(found.groupdict()) if found else datetime.fromisoformat(text.upper())
    except (ValueError, OverflowError):
        defects.note("bad_date", value=value)
        return None
    if read is None or not 1 < read.year < 9999:  # Such years are not the same in every zone.
        defects.note("bad_date", value=value)
        return None
    if read.tzinfo is None:
        defects.note("no_zone", value=value)
        return read.replace(tzinfo=UTC)
    return read


def _from_words(said: dict[str, str | None]) -> datetime | None:
    month = _MONTHS.get(said["month"] or "")
    if month is None:
        return None
    digits = said["year"] or ""
    year = int(digits)
    if len(digits) == 2:  # RFC 5322, 4.3.
        year += 2000 if year < 50 else 1900
    hour = int(said["hour"] or 0)
    if said.get("half"):
        hour = hour % 12 + (12 if said["half"] == "pm" else 0)
    second = min(int(said["second"] or 0), 59)  # A leap second is the second before it.
    zone = _zone((said.get("zone") or said.get("zone_after") or "").strip())
    return datetime(year, month, int(said["day"] or 0), hour, int(said["minute"] or 0), second, 0,
                    zone)  # fmt: skip


def _zone(text: str) -> timezone | None:
    found = _OFFSET.match(text)
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        if minutes >= 24 * 60 or int(found[3]) > 59:
            return None
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    minutes_known = _ZONES.get(text.strip("()"))
    return None if minutes_known is None else timezone(timedelta(minutes=minutes_known))
