"""Reading scanned letters: the words that the file carries itself, else what Tesseract makes out.

Tesseract is a program beside ours, started once a page with a limit of time. What it reads helps to
search and to register; the image counts, and somebody looks at it.
"""

import csv
import io
import logging
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.conf import settings

from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.post import sheets
from valedor.channels.post.models import Scan
from valedor.channels.post.scanning import on_disk, words_statement
from valedor.channels.post.sheets import SheetTrouble
from valedor.foundation import rows

LANGUAGES = {"es": "spa", "ca": "cat", "pt-br": "por", "en": "eng"}
"""Our languages by Tesseract's names."""
DOTS = 300
"""Dots an inch: what Tesseract was taught with."""
MOST_PAGES = 40
"""Of a longer letter the rest is looked at by a person."""
_SECONDS_A_PAGE = 90
UNSURE = 70
"""Below it a reading is marked: every fourth word may be wrong."""
_SHORTEST_TEXT = 20

logger = logging.getLogger(__name__)


class NoProgram(Exception):
    """Tesseract is not installed, or knows none of our languages."""


@dataclass(frozen=True)
class Read:
    """What was read, and how sure that is, of a hundred; nothing where the file said it itself."""

    text: str
    certainty: int | None


def read_scan(raw_id: int) -> Scan.Reading | None:
    """Read a letter that waits to be read, and write down what it says; what came of it."""
    with viewing(the_house()):
        scan = (
            Scan.objects.select_related("raw", "entity")
            .filter(pk=raw_id, reading=Scan.Reading.WAITING)
            .exclude(raw__state=RawMessage.State.ERASED)
            .first()
        )
    if scan is None:
        return None
    found = Read("", None)
    try:
        with on_disk(scan.raw) as path:
            found = read_pages(path, scan.pages or 1, scan.entity.languages)
        became = Scan.Reading.DONE
    except NoProgram:
        became = Scan.Reading.NO_PROGRAM
    except (FileNotFoundError, SheetTrouble, subprocess.SubprocessError, OSError):
        logger.exception("scan cannot be read", extra={"raw": raw_id})
        became = Scan.Reading.FAILED
    with viewing(the_house()):
        Scan.objects.filter(pk=scan.pk, reading=Scan.Reading.WAITING).update(
            reading=became, text=found.text.replace("\0", ""), certainty=found.certainty
        )
        scan = Scan.objects.select_related("case").get(pk=scan.pk)
        if scan.case is not None and found.text:  # Somebody was quicker than the program.
            rows.send([words_statement(scan.case, found.text)])
    return became


def read_pages(path: Path, pages: int, languages: Sequence[str]) -> Read:
    """The text of a scan. Raises ``NoProgram``, ``SheetTrouble``, ``SubprocessError``."""
    own = sheets.words(path)
    if own and all(len(page.strip()) >= _SHORTEST_TEXT for page in own):
        return Read("\n\n".join(page.strip() for page in own), None)
    known = languages_here()
    wanted = [LANGUAGES[one] for one in languages if LANGUAGES.get(one) in known]
    wanted = wanted or sorted(known & set(LANGUAGES.values()))
    if not wanted:
        raise NoProgram
    texts, sure, weight = [], 0.0, 0
    for number in range(min(pages, MOST_PAGES)):
        text, certainty, letters = _read_page(sheets.picture(path, number, dots=DOTS), wanted)
        texts.append(text)
        sure, weight = sure + certainty * letters, weight + letters
    return Read("\n\n".join(filter(None, texts)), round(sure / weight) if weight else 0)


def languages_here() -> frozenset[str]:
    """Which languages Tesseract reads here; none where it is not installed."""
    return _languages(settings.TESSERACT)


@lru_cache(maxsize=4)
def _languages(program: str) -> frozenset[str]:
    try:
        listed = _run([program, "--list-langs"], b"", seconds=20)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in listed.decode("utf-8", "replace").splitlines()[1:])


def _read_page(picture: bytes, languages: Sequence[str]) -> tuple[str, float, int]:
    """One page: its text, how sure it is, and how many letters that was said of."""
    command = [settings.TESSERACT, "stdin", "stdout", "-l", "+".join(languages), "tsv"]
    said = _run(command, picture, seconds=_SECONDS_A_PAGE).decode("utf-8", "replace")
    return text_of_table(said)


def text_of_table(said: str) -> tuple[str, float, int]:
    """What Tesseract's table of words says: lines and paragraphs as on the page, its certainty
    weighed by the length of the words, and how many letters those were.
    """
    words = [
        row
        for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE)
        if row.get("level") == "5" and (row.get("text") or "").strip()
    ]
    paragraphs = []
    for _place, held in groupby(words, key=lambda row: (row["block_num"], row["par_num"])):
        lines = [
            " ".join(row["text"] for row in line)
            for _number, line in groupby(held, key=lambda row: row["line_num"])
        ]
        paragraphs.append("\n".join(lines))
    letters = sum(len(row["text"]) for row in words)
    sure = sum(max(0.0, float(row["conf"])) * len(row["text"]) for row in words)
    return "\n\n".join(paragraphs), (sure / letters if letters else 0.0), letters


def _run(command: list[str], given: bytes, *, seconds: int) -> bytes:
    done = subprocess.run(  # noqa: S603 -- a fixed program, started without a shell
        command,
        input=given,
        capture_output=True,
        timeout=seconds,
        check=True,
        # One page a core is fastest; without it each page asks for every core.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout
