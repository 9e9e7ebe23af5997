"""The texts to translate: gathered from code and templates, compared, counted.

``gather`` writes new texts into the catalogues and drops old ones; ``check`` fails when that would
change a catalogue; ``complete`` fails while a text has no translation or a fuzzy one. Gathering is
Babel's, reading is Django's own way with templates; neither asks the network nor needs gettext.
"""

import argparse
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("es", "ca", "pt_BR")
# As Django's makemessages has them: the number is the place of each part among the arguments.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "valedor"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout.splitlines()
    wanted = [
        ROOT / name
        for name in listed
        if name.endswith((".py", ".html", ".txt")) and "/tests/" not in name
    ]
    return sorted(path for path in wanted if path.exists() and path.name != "max_migration.txt")


def template() -> Catalog:
    """Every text of the code, in the order of its files; equal texts once."""
    catalogue = Catalog(project="Valedor", charset="utf-8", fuzzy=False)
    for path in _files():
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        source = path.read_text("utf-8")
        if path.suffix != ".py":
            source = templatize(source, origin=str(path))
        file = io.BytesIO(source.encode())
        for _line, text, comments, context in extract("python", file, KEYWORDS, ["Translators:"]):
            flags = ["python-format"] if _has_named_places(text) else []
            catalogue.add(text, context=context, auto_comments=comments, flags=flags)
    return catalogue


def _has_named_places(text: str | tuple[str, ...]) -> bool:
    words = text if isinstance(text, str) else " ".join(text)
    return re.search(r"%\(\w+\)[sd]", words) is not None


def _path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def _catalogue(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Valedor", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def updated(language: str, texts: Catalog) -> bytes:
    """The catalogue with every text of ``texts`` and no other; translations are kept, none
    guessed.
    """
    catalogue = _catalogue(language)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalogue, no_location=True, omit_header=False, width=100, sort_output=True)
    # Dates and versions in the header would change with every gathering.
    stale = re.compile(
        rb'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|'
        rb'Report-Msgid-Bugs-To|Project-Id-Version)[^\n]*"\n',
        re.MULTILINE,
    )
    text = stale.sub(b"", written.getvalue())
    return b'msgid ""\n' + text.split(b'msgid ""\n', 1)[1]


def gather() -> list[str]:
    """Write the catalogues; the languages that changed."""
    texts, changed = template(), []
    for language in LANGUAGES:
        path, text = _path(language), updated(language, texts)
        if not path.exists() or path.read_bytes() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            changed.append(language)
    return changed


def stale() -> list[str]:
    """The languages whose catalogue would change by gathering."""
    texts = template()
    return [
        language
        for language in LANGUAGES
        if not _path(language).exists() or _path(language).read_bytes() != updated(language, texts)
    ]


def incomplete() -> Iterator[str]:
    """A line for each text without its translation, or with one that does not fit it."""
    for language in LANGUAGES:
        for message in _catalogue(language):
            if message.id and (problem := _problem(message)):
                yield f"{language}: {problem}: {message.id!r}"


def _problem(message: Message) -> str:
    if message.fuzzy:
        return "fuzzy"
    translations = (
        [message.string] if isinstance(message.string, str) else list(message.string or ())
    )
    if not all(translations):
        return "not translated"
    sources = [message.id] if isinstance(message.id, str) else list(message.id or ())
    places = set(re.findall(r"%\((\w+)\)", " ".join(sources)))
    # The singular may leave its number out; nothing may name a place that the code does not fill.
    if any(not set(re.findall(r"%\((\w+)\)", text)) <= places for text in translations):
        return "names a place that the text does not have"
    if len(translations) == 1 and set(re.findall(r"%\((\w+)\)", translations[0])) != places:
        return "leaves a place out"
    return ""


def main() -> int:
    """One of the three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", choices=["gather", "check", "complete"])
    do = parser.parse_args().do
    if do == "gather":
        changed = gather()
        print(f"Changed: {', '.join(changed)}." if changed else "Nothing changed.")
        return 0
    problems = (
        [f"{name}: type make messages" for name in stale()] if do == "check" else list(incomplete())
    )
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
