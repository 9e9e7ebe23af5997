"""Catalogues of the four languages, compiled where they are stale.

Debian's Python has no msgfmt.
"""

import io
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from valedor.config.home import ROOT

LOCALE = ROOT / "locale"


def compile_stale(folder: Path = LOCALE) -> int:
    """Write the ``.mo`` beside every ``.po`` that is newer; fuzzy messages stay out."""
    return sum(_compile(source) for source in folder.glob("*/LC_MESSAGES/*.po"))


def _compile(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    written = io.BytesIO()
    write_mo(written, catalogue)
    unfinished = compiled.with_name(f".{compiled.name}.{os.getpid()}")
    unfinished.write_bytes(written.getvalue())
    unfinished.replace(compiled)
    return True


def missing(folder: Path = LOCALE) -> dict[str, int]:
    """How many texts of each catalogue have no translation, or one that is only guessed."""
    counts = {}
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        counts[source.parents[1].name] = sum(
            1
            for message in catalogue
            if message.id and (message.fuzzy or not message.string or not all(message.string))
        )
    return counts
