"""How it is known that somebody is who they say."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class IdentityCodeSent(Fact, kind="identity.code_sent", seats=Seat.COMPANY, personal=("to",)):
    """A code went to an address that was known before. The code is written down nowhere."""

    sentence = _("A code to show who they are went to %(to)s.")
    icon = "shield"

    check: int
    channel: str
    to: str


@dataclass(frozen=True, kw_only=True)
class IdentityShown(Fact, kind="identity.shown", seats=Seat.COMPANY):
    """Whoever was there said the code that had gone to the person's address."""

    sentence = _("They showed who they are, with a code sent by %(channel)s.")
    icon = "check"

    check: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class IdentityNotShown(Fact, kind="identity.not_shown", seats=Seat.COMPANY):
    """Five wrong codes: nothing personal is told to whoever was there."""

    sentence = _("Whoever was there could not show who they are: %(tries)s wrong codes.")
    icon = "warning"

    check: int
    tries: int
