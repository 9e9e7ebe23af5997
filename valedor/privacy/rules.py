"""What keeps a case from being erased."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Stage
from valedor.foundation.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What a case is still needed for."""

    promised_redress: int = 0
    letters_on_their_way: int = 0
    is_held: bool = False


def why_not_erase(case: Case, ties: Ties) -> Refusal | None:
    """Why the personal content of a case may not go now."""
    if case.erased_at is not None:
        return Refusal("already_erased", _("The content of this case is already erased."))
    if case.stage != Stage.CLOSED:
        return Refusal(
            "case_open", _("This case is not closed. Close it before its content is erased.")
        )
    if ties.is_held:
        return Refusal(
            "legal_hold", _("A legal hold keeps this case whole. It has to be lifted first.")
        )
    if ties.promised_redress:
        return Refusal(
            "redress_pending",
            _("What was promised to the person has not been carried out yet."),
        )
    if ties.letters_on_their_way:
        return Refusal(
            "letters_on_their_way",
            _("A letter of this case is still on its way, or waits for somebody to send it."),
        )
    return None


def why_not_hold(*, is_held: bool, case: Case) -> Refusal | None:
    """Why a legal hold cannot be placed."""
    if case.erased_at is not None:
        return Refusal("already_erased", _("The content of this case is already erased."))
    if is_held:
        return Refusal("already_held", _("This case is already under a legal hold."))
    return None


def why_not_lift(*, is_held: bool) -> Refusal | None:
    """Why a legal hold cannot be lifted."""
    return None if is_held else Refusal("not_held", _("This case is under no legal hold."))
