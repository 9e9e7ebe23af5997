"""Why letters may not be printed now."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Letter
from valedor.foundation.refusals import Refusal

MOST_A_RUN = 100
"""So many letters come into one file: a stack that somebody folds in one go."""


def why_not_print(letters: int) -> Refusal | None:
    """Whether any letter waits to be printed."""
    if not letters:
        return Refusal("nothing_to_print", _("No letter waits to be printed."))
    return None


def why_not_print_again(
    letter: Letter, *, is_printed: bool, waits: bool, reason: str
) -> Refusal | None:
    """Why a letter may not be printed once more: it lies there to be printed anyway, it goes
    another way, or nobody says why.
    """
    if letter.channel != Case.Channel.LETTER or letter.state not in {
        Letter.State.WAITING,
        Letter.State.REFUSED,
        Letter.State.ACCEPTED,
    }:
        return Refusal("not_on_paper", _("This letter does not go on paper now."))
    if waits or not is_printed:
        return Refusal("waits_to_be_printed", _("This letter waits to be printed already."))
    if not reason.strip():
        return Refusal("reason_missing", _("Say why it is printed once more."))
    return None
