"""What the tests of scanned letters stand on: sheets as a scanner or a fax writes them."""

import io
from collections.abc import Sequence
from functools import cache

import pikepdf
from PIL import Image

from valedor.channels.post.imitation import DOTS, SEPARATOR, sheet_of
from valedor.channels.tests.post_room import FILED_AT

__all__ = ["SEPARATOR"]


@cache
def sheet(text: str) -> bytes:
    """A sheet of paper with some words, or a separator, as a PNG."""
    return sheet_of(text, "es", at=FILED_AT)


def _images(texts: Sequence[str]) -> list[Image.Image]:
    return [Image.open(io.BytesIO(sheet(text))).convert("L") for text in texts]


def a_pdf(*texts: str) -> bytes:
    """A PDF of pictures, as a scanner writes it: no word in it can be copied."""
    first, *others = _images(texts)
    into = io.BytesIO()
    first.save(into, format="PDF", save_all=True, append_images=others, resolution=DOTS)
    return into.getvalue()


def a_tiff(*texts: str) -> bytes:
    """A TIFF of black and white pages, packed as a fax machine does (ITU-T T.6)."""
    first, *others = (image.convert("1") for image in _images(texts))
    into = io.BytesIO()
    first.save(
        into, format="TIFF", save_all=True, append_images=others, compression="group4",
        dpi=(DOTS, DOTS),
    )  # fmt: skip
    return into.getvalue()


def a_flat_fax(text: str) -> bytes:
    """A fax of normal resolution: twice as many dots across as down."""
    (image,) = _images([text])
    flat = image.resize((1728, 1143)).convert("1")
    into = io.BytesIO()
    flat.save(into, format="TIFF", compression="group3", dpi=(204, 98))
    return into.getvalue()


def a_jpeg(text: str) -> bytes:
    """A photograph of a letter."""
    into = io.BytesIO()
    _images([text])[0].save(into, format="JPEG", dpi=(DOTS, DOTS))
    return into.getvalue()


def a_locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    into = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(into, encryption=pikepdf.Encryption(user="x", owner="y"))
    return into.getvalue()
