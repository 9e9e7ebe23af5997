"""The public number of a case: ``2026-004182-P``.

Year of receipt, a number of at least six digits, and a check letter: the digits read as one
integer, modulo 23, as in the Spanish identity number, which finds any wrong digit and any two
swapped. The reference names a case and opens nothing.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from stdnum.es import dni

from valedor.foundation.refusals import Refusal, Refused

_WRITTEN = re.compile(r"\b\d{4}-?\d{6,9}-?[A-Z]\b", re.IGNORECASE)
OFFICE_NUMBERS_ABOVE = 500_000_000
"""Where the numbers of files of the ombudsman's office begin (``valedor_office_numbers``)."""
_TYPED = re.compile(r"^(\d{4})(\d{6,})([A-Z])$")


def check_letter(year: int, number: int) -> str:
    """The letter of a reference."""
    return str(dni.calc_check_digit(f"{year}{number:06d}"))


def reference_of(year: int, number: int) -> str:
    """The reference as it is printed."""
    return f"{year}-{number:06d}-{check_letter(year, number)}"


def looks_like_reference(typed: str) -> bool:
    """Whether someone may have meant a reference: used by search before anything else."""
    return _TYPED.match(_plain(typed)) is not None


def read_reference(typed: str) -> str:
    """The reference that someone typed, with or without hyphens, blanks or capitals.

    Raises ``Refused`` with the code ``reference_unreadable`` or ``reference_wrong_letter``.
    """
    match = _TYPED.match(_plain(typed))
    if match is None:
        raise Refused(
            Refusal(
                "reference_unreadable",
                _("A reference looks like 2026-004182-P: a year, a number and a letter."),
            )
        )
    year, number, letter = int(match[1]), int(match[2]), match[3]
    if letter != check_letter(year, number):
        raise Refused(
            Refusal(
                "reference_wrong_letter",
                _("The letter at the end does not go with this number: a digit may be wrong."),
            )
        )
    return reference_of(year, number)


def names_a_file(typed: str) -> bool:
    """Whether a reference is of the ombudsman's office, which draws numbers of its own."""
    match = _TYPED.match(_plain(typed))
    return match is not None and int(match[2]) > OFFICE_NUMBERS_ABOVE


def references_in(text: str) -> Iterator[str]:
    """The references that a text names, as they are printed; what has a wrong letter is none."""
    for match in _WRITTEN.finditer(text):
        try:
            yield read_reference(match[0])
        except Refused:
            continue


def _plain(typed: str) -> str:
    folded = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[^0-9A-Z]", "", folded)
