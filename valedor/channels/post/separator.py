"""The sheet that is laid between two letters before a stack is scanned."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from valedor.casefile.paper.typeset import typeset

MARK = "VALEDOR NEXT LETTER 1"
"""What its square says. Sheets lie in drawers for years: it never changes."""


def separator_pdf(language: str, *, at: datetime) -> bytes:
    """A separator sheet, front and back alike, so that it parts letters whichever way it lies."""
    with translation.override(language):
        values = {
            "title": _("Separator sheet"),
            "foot": "Valedor",
            "entity": "Valedor",
            "lines": [
                _("Lay this sheet between two letters before you scan them together."),
                _("It can be used again. Nothing written on it is kept."),
            ],
            "squares": squares_of(MARK),
            "pages": 2,
        }
    return typeset("separator", values, language, at=at)


def squares_of(text: str) -> list[str]:
    """A QR code (ISO/IEC 18004) as rows of ``1`` for black and ``0`` for white."""
    code: Any = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return ["".join("1" if is_black else "0" for is_black in row) for row in code.get_matrix()]
