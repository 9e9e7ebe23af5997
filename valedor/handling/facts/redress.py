"""What is offered to put things right, from the proposal to the proof."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class RedressProposed(Fact, kind="redress.proposed", seats=Seat.COMPANY):
    """Something is to be offered to put things right. Its words are the body."""

    sentence = _("To be offered: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str
    needs_approval: bool


@dataclass(frozen=True, kw_only=True)
class RedressApproved(Fact, kind="redress.approved", seats=Seat.COMPANY):
    """An approver said yes to redress above the handler's authority."""

    sentence = _("Approved: %(what)s %(amount)s.")
    icon = "check"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressRejected(Fact, kind="redress.rejected", seats=Seat.COMPANY):
    """An approver said no. The reason is the body."""

    sentence = _("Not approved: %(what)s %(amount)s.")
    icon = "warning"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressWithdrawn(Fact, kind="redress.withdrawn", seats=Seat.COMPANY):
    """What was to be offered is not. The reason is the body."""

    sentence = _("Not offered any more: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressOffered(Fact, kind="redress.offered"):
    """The person was offered something with the answer. Its words are the body."""

    sentence = _("Offered: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressAccepted(Fact, kind="redress.accepted"):
    """The person takes what was offered."""

    sentence = _("Accepted: %(what)s %(amount)s.")
    icon = "check"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressDeclined(Fact, kind="redress.declined"):
    """The person does not take what was offered."""

    sentence = _("Declined: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressCarriedOut(Fact, kind="redress.carried_out"):
    """What was promised has been done. How that is proved is the body."""

    sentence = _("Done: %(what)s %(amount)s.")
    icon = "check"

    redress: int
    what: str
    amount: str
    proof: int | None
