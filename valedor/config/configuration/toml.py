"""Writing TOML: tables of plain values, long texts readable, every text as it was."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def key(name: str) -> str:
    """A key, in quotes where it must be."""
    return name if _BARE.match(name) else _text(name)


def value(content: Any) -> str:
    """One value on the right of an equals sign."""
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, int):
        return str(content)
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, Mapping):
        inner = ", ".join(f"{key(name)} = {value(item)}" for name, item in content.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(content, list | tuple):
        return f"[{', '.join(map(value, content))}]"
    return _text(str(content))


def _text(text: str) -> str:
    if "\n" in text:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        escaped = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
        return f'"""\n{escaped}"""'
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def table(name: tuple[str, ...], row: Mapping[str, Any], *, is_listed: bool = False) -> str:
    """A table with its header; a text in languages and other long things as tables of their own."""
    path = ".".join(map(key, name))
    lines = [f"[[{path}]]" if is_listed else f"[{path}]"]
    after: list[str] = []
    for field, content in row.items():
        is_long = isinstance(content, Mapping) and "\n" in "".join(map(str, content.values()))
        if is_long and not is_listed:
            after += ["", f"[{path}.{key(field)}]"]
            after += [f"{key(inner)} = {value(item)}" for inner, item in content.items()]
        elif is_long:
            # Dotted keys, since a header would leave the list.
            lines += [
                f"{key(field)}.{key(inner)} = {value(item)}" for inner, item in content.items()
            ]
        else:
            lines.append(f"{key(field)} = {value(content)}")
    return "\n".join([*lines, *after, ""])
