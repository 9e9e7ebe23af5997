"""What short messages leave on the timeline of a case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class SmsDelivered(Fact, kind="letter.delivered"):
    """The network says that a short message reached the telephone."""

    sentence = _("%(letter_kind)s reached the telephone.")
    icon = "check"

    letter: int
    letter_kind: str


@dataclass(frozen=True, kw_only=True)
class SmsStopped(Fact, kind="sms.stopped", seats=Seat.COMPANY):
    """Whoever has the number asked for no more short messages: letters go another way."""

    sentence = _("They want no more SMS: letters go another way.")
    icon = "warning"

    raw: int
