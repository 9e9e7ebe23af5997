"""An appointment in words, for a message that consists of nothing else (RFC 5545)."""

import re

_FOLDED = re.compile(r"\n[ \t]")
_LINE = re.compile(r"([A-Za-z-]{1,40})((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_ZONE = re.compile(r";TZID=\"?([A-Za-z0-9_+/ -]{1,60})", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([,;\\nN])")
_SHOWN = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION")
_MOST = 100_000


def in_words(text: str) -> str:
    """What, when, where, and what it is about: a line each."""
    found: dict[str, str] = {}
    is_within = False
    for line in _FOLDED.sub("", text[:_MOST].replace("\r", "")).split("\n"):
        if line.upper() in {"BEGIN:VEVENT", "BEGIN:VTODO"}:
            is_within = True
        elif line.upper() in {"END:VEVENT", "END:VTODO"}:
            break
        elif is_within and (one := _LINE.match(line)) and one[1].upper() in _SHOWN:
            found.setdefault(one[1].upper(), _value(one[1].upper(), one[2], one[3]))
    when = " – ".join(found[key] for key in ("DTSTART", "DTEND") if key in found)
    lines = [found.get("SUMMARY", ""), when, found.get("LOCATION", "")]
    about = found.get("DESCRIPTION", "")
    return "\n".join([*filter(None, lines), *(["", about] if about else [])])


def _value(name: str, parameters: str, value: str) -> str:
    moment = _MOMENT.match(value) if name.startswith("DT") else None
    if moment is None:
        return _ESCAPED.sub(lambda one: {"n": "\n", "N": "\n"}.get(one[1], one[1]), value).strip()
    year, month, day, hour, minute, utc = moment.groups()
    zone = _ZONE.search(parameters)
    time = f" {hour}:{minute}" if hour else ""
    return f"{year}-{month}-{day}{time}{' UTC' if utc else f' {zone[1]}' if zone and hour else ''}"
