"""Texts written by an organisation, in several languages, with a declared order of fallback."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("es", "ca", "pt-br", "en")
IN_LANGUAGES = [(language, language) for language in LANGUAGES]
"""The same as the choices of a column."""
FALLBACK = {
    "ca": ("ca", "es", "en", "pt-br"),
    "es": ("es", "ca", "en", "pt-br"),
    "pt-br": ("pt-br", "en", "es", "ca"),
    "en": ("en", "es", "pt-br", "ca"),
}


class MultilingualText(dict[str, str]):
    """One text in some of the four languages; as a string, the one that its reader gets."""

    def in_language(self, language: str | None) -> str:
        """The text in a language, or in the next one of its order of fallback; empty when there is
        none.
        """
        for candidate in FALLBACK.get((language or "en").lower(), FALLBACK["en"]):
            if self.get(candidate):
                return self[candidate]
        return next(iter(self.values()), "")

    def missing(self, languages: tuple[str, ...] = LANGUAGES) -> list[str]:
        """The languages in which nobody has written it yet."""
        return [language for language in languages if not self.get(language)]

    def __str__(self) -> str:
        return self.in_language(get_language())


class MultilingualField(models.JSONField):
    """A column that holds a ``MultilingualText``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", dict)
        super().__init__(*args, **options)

    def from_db_value(
        self, value: Any, expression: Any, connection: Any
    ) -> MultilingualText | None:
        read = super().from_db_value(value, expression, connection)
        return None if read is None else MultilingualText(read)

    def to_python(self, value: Any) -> Any:
        read = super().to_python(value)
        return MultilingualText(read) if isinstance(read, Mapping) else read
