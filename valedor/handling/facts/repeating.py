"""A case that may repeat another one, and stays apart from it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class KeptApart(Fact, kind="case.kept_apart", seats=Seat.COMPANY):
    """Somebody looked at an open case that seemed to be about the same, and it is another matter.
    Why is the body.
    """

    sentence = _("Kept apart from %(reference)s.")
    icon = "note"

    repetition: int
    reference: str
    signs: tuple[str, ...]
