"""Paper that nobody wrote: sheets as a scanner sees them, for the demonstration and for tests."""

import io
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PIL import Image

from valedor.casefile.paper.typeset import typeset
from valedor.channels.post import sheets
from valedor.channels.post.separator import separator_pdf

DOTS = 200
SEPARATOR = "⟦separator⟧"
"""Stands for a separator sheet among the texts of a stack."""


def sheet_of(text: str, language: str, *, at: datetime) -> bytes:
    """A sheet with some words, or a separator, as a grey PNG: no word in it can be copied."""
    if text == SEPARATOR:
        pdf = separator_pdf(language, at=at)
    else:
        title, _line, body = text.partition("\n")
        values = {
            "title": title, "foot": "", "entity": "", "sender": "", "recipient": "",
            "address": "", "place_and_day": "", "body": body or title, "enclosures": [],
            "words": {},
        }  # fmt: skip
        pdf = typeset("letter", values, language, at=at)
    with tempfile.NamedTemporaryFile(prefix="valedor-", suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return sheets.picture(Path(file.name), 0, dots=DOTS)


def scan_of(texts: Sequence[str], language: str, *, at: datetime) -> bytes:
    """A PDF of pictures, one sheet a text, as a scanner writes it."""
    first, *others = (
        Image.open(io.BytesIO(sheet_of(text, language, at=at))).convert("L") for text in texts
    )
    into = io.BytesIO()
    first.save(into, format="PDF", save_all=True, append_images=others, resolution=DOTS)
    return into.getvalue()


def fax_of(text: str, language: str, *, at: datetime) -> bytes:
    """A fax of one page, in black and white (ITU-T T.6)."""
    image = Image.open(io.BytesIO(sheet_of(text, language, at=at))).convert("1")
    into = io.BytesIO()
    image.save(into, format="TIFF", compression="group4", dpi=(DOTS, DOTS))
    return into.getvalue()
