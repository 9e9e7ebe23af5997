"""What is left in English on a page or in a letter that is written in another language."""

import re
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from tests.server import ROOT

_TELLTALE = re.compile(
    r"\b(the|of|and|you|your|we|our|with|is|are|was|this|that|by|not|has|have|been)\b",
    re.IGNORECASE,
)
"""Words that no sentence of Spanish, Catalan or Portuguese holds."""

_SPOKEN = ("alt", "aria-label", "placeholder", "title")
_SILENT = frozenset({"script", "style", "template"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})


def left_in_english(texts: list[str], language: str, *, sentences: bool = True) -> list[str]:
    """The texts that are one of our own sentences untranslated, or that sound English.

    ``sentences``: listen for the sound as well; not where somebody's own words may be English.
    """
    if language == "en":
        return []
    exact, patterns = _sources(language)
    return [
        text
        for text in texts
        if text in exact - {"English"}  # The name of the language.
        or any(pattern.fullmatch(text) for pattern in patterns)
        or (sentences and _TELLTALE.search(text))
    ]


@cache
def _sources(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The English texts whose translation differs: those as they are, those with places."""
    folder = {"pt-br": "pt_BR"}.get(language, language)
    with (ROOT / "locale" / folder / "LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale=folder)
    exact, patterns = set(), []
    for message in catalogue:
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else message.string or []
        for source, string in zip(sources, strings, strict=False):
            words = " ".join(source.split())
            if not words or source == string:
                continue
            if "%(" not in words:
                exact.add(words)
            elif len(re.sub(r"%\(\w+\)[sd]|\W", "", words)) > 3:  # Not "%(a)s, %(b)s".
                parts = re.split(r"%\(\w+\)[sd]", words)
                patterns.append(re.compile(".+".join(re.escape(part) for part in parts)))
    return frozenset(exact), tuple(patterns)


def texts_of(html: str) -> list[str]:
    """What a page says in its own language: its texts and what is read out for its parts.

    Parts that are marked as another language are not its own.
    """
    reader = _Reader()
    reader.feed(html)
    return reader.texts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._language = ""
        self._open: list[tuple[str, bool]] = []  # Each part with whether it is read.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_read = not self._open or self._open[-1][1]
        spoken = (given.get("lang") or "").lower()
        self._language = self._language or spoken  # The page's own comes first.
        is_read = is_read and tag not in _SILENT and spoken in {"", self._language}
        if tag not in _VOID:
            self._open.append((tag, is_read))
        if is_read:
            for name in _SPOKEN:
                self._add(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _is_read in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self._add(data)

    def _add(self, text: str) -> None:
        if words := " ".join(text.split()):
            self.texts.append(words)
