"""What can happen to a case by mail that is neither its person's nor ours."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class StrangerWrote(Fact, kind="mail.from_stranger", seats=Seat.COMPANY, personal=("sender",)):
    """Somebody whom the case does not know answered a letter of it. What they wrote is the body."""

    sentence = _("Mail from %(sender)s, who is not known to this case.")
    icon = "in"

    raw: int
    sender: str


@dataclass(frozen=True, kw_only=True)
class MachineWrote(Fact, kind="mail.from_machine", seats=Seat.COMPANY, personal=("sender",)):
    """A mail program answered by itself: absence, delay, a receipt. What it said is the body."""

    sentence = _("Automatic mail from %(sender)s.")
    icon = "in"

    raw: int
    sender: str


@dataclass(frozen=True, kw_only=True)
class LooksUnwanted(Fact, kind="mail.looks_unwanted", seats=Seat.COMPANY):
    """The mail that began a case was judged late, since nobody answered when it came, and looks
    like spam. The case stays as it is until somebody decides.
    """

    sentence = _("The mail that began it looks like spam, judged late (%(points)s points).")
    icon = "warning"

    raw: int
    points: str
