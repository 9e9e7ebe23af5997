"""What can happen to what is known of people."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import EVERYONE, Seat


@dataclass(frozen=True, kw_only=True)
class CaseErased(Fact, kind="case.erased", seats=EVERYONE):
    """What the case held about people is gone; its lines, digests and figures stay."""

    sentence = _("The personal content of this case was erased.")
    icon = "closed"

    ground: str
    contents: int
    documents: int
    letters: int
    raw_messages: int
    persons: int


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Fact, kind="privacy.hold_placed", seats=Seat.COMPANY):
    """The case must be kept whole for now. The reason is the body."""

    sentence = _("The case is kept under a legal hold.")
    icon = "lock"

    hold: int


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Fact, kind="privacy.hold_lifted", seats=Seat.COMPANY):
    """The case need not be kept whole any more. The reason is the body."""

    sentence = _("The legal hold was lifted.")
    icon = "lock"

    hold: int
