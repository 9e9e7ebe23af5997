"""Settings from the environment: five readers that fail loudly, and a file for those who prefer
one.

A value is looked for under its name in the environment, then under ``NAME_FILE`` (a path whose
content is the value, for secrets), then in the file that ``VALEDOR_SETTINGS`` names (``NAME=value``
lines).
"""

import os
from functools import cache
from pathlib import Path


class BadSetting(Exception):
    """A setting cannot be read. The message names the setting and says what to write instead."""


@cache
def _lines_of(path: str) -> dict[str, str]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"VALEDOR_SETTINGS names {path}, which cannot be read: {error}."
        ) from error
    values: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, separator, value = stripped.partition("=")
        if not separator:
            raise BadSetting(
                f"{path}, line {number}: write NAME=value, or begin with # for a comment."
            )
        values[name.strip()] = value.strip().strip("\"'")
    return values


def text(name: str, default: str = "") -> str:
    """The setting as text; ``default`` when nobody set it."""
    if name in os.environ:
        return os.environ[name]
    secret_file = os.environ.get(f"{name}_FILE")
    if secret_file:
        try:
            return Path(secret_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE names {secret_file}, which cannot be read.") from error
    settings_file = os.environ.get("VALEDOR_SETTINGS")
    if settings_file:
        return _lines_of(settings_file).get(name, default)
    return default


def boolean(name: str, *, default: bool) -> bool:
    """The setting as yes or no, written 1 or 0."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"", "0", "no", "false", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}: write 1 or 0.")


def integer(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """The setting as a whole number between ``least`` and ``most``."""
    value = text(name, str(default)).strip()
    try:
        number = int(value)
    except ValueError as error:
        raise BadSetting(f"{name} is {value!r}: write a whole number.") from error
    if not least <= number <= most:
        raise BadSetting(f"{name} is {number}: write a number from {least} to {most}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    """The setting as a list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    """The setting as an absolute path."""
    return Path(text(name) or default).expanduser().absolute()
