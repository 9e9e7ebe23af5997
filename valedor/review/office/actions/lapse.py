"""A proposal to settle that nobody answered in time stands no more; both sides are told."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valedor.casefile import timeline
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.viewing import the_house, viewing
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.review.office import addressing, letters
from valedor.review.office.actions.common import begun
from valedor.review.office.facts import OfferLapsed
from valedor.review.office.models import Hearing, Offer, Statement
from valedor.review.office.queries import FileState


def lapse_late(*, at: datetime) -> int:
    """Let lapse every proposal whose day is over. How many there were."""
    with viewing(the_house()):
        late = Offer.objects.filter(state=Offer.State.OPEN, answer_by__lte=at)
        states = [begun(one.case, at=at) for one in late.select_related("case__entity")]
        return sum(lapse_if_late(fs, at=at) for fs in states)


def lapse_if_late(fs: FileState, *, at: datetime) -> bool:
    """Let the open proposal of a file lapse if its day is over, and tell whoever made it. As the
    house.
    """
    offer = fs.open_offer
    if offer is None or at < offer.answer_by:
        return False
    lapse(fs, by=SYSTEM, at=at)
    if offer.by_side == Statement.Side.COMPLAINANT:
        with override(fs.file.language):
            words = _(
                "The company did not answer your proposal in time. We go on with your matter; "
                "you may make another proposal."
            )
        title = gettext_lazy("Your proposal was not answered")
        letters.say(fs.file, fs.house, title, words, by=SYSTEM, at=at)
    elif fs.proceeding.about is not None:
        with override(fs.house.entity.default_language):
            words = _("The person did not answer the proposal in time: it stands no more.")
        addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.NOTICE, of=offer.pk, text=words, by=SYSTEM,
            at=at,
        )  # fmt: skip
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return True


def lapse(fs: FileState, *, by: By, at: datetime) -> None:
    """The open proposal of a file, if there is one, waits for no word any more. As the house."""
    offer = fs.open_offer
    if offer is None:
        return
    offer.state = Offer.State.LAPSED
    offer.save(update_fields=["state"])
    fact = OfferLapsed(offer=offer.pk, side=str(offer.by_side))
    timeline.record(fs.file, fact, by=by, at=at)
    asked = Hearing.objects.filter(file=fs.file, what=Hearing.What.OFFER, of=offer.pk)
    for hearing in asked.filter(answered_at=None, ended_at=None).select_related("case", "deadline"):
        addressing.end(hearing, by=by, at=at)
