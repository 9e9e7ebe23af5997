"""Send the link that opens a case once more, to an address that the case has."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Letter
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import LinkSent
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import ContactPoint

KIND = "new_link"
_ON_ITS_WAY = [Letter.State.QUEUED, Letter.State.SENDING]


@as_the_company
def send_link(case: Case, *, contact_point: ContactPoint, by: By, at: datetime) -> Letter | None:
    """A letter with a fresh link, by e-mail or SMS; the access code stays what it is.

    Raises ``Refused`` for an address that is not one of whoever gets the letters of the case, and
    where such a letter is on its way already.
    """
    case = locked(case)
    state = case_state(case)
    addressee = outgoing.addressee_of(case, state.mandate)
    refuse_if(
        rules.why_not_send_link(
            state,
            viewer_for(case, by),
            contact_point=contact_point,
            addressee_id=addressee.pk if addressee else None,
            is_on_its_way=Letter.objects.filter(
                case=case, kind=KIND, contact_point=contact_point, state__in=_ON_ITS_WAY
            ).exists(),
        )
    )
    letter = outgoing.send(state, KIND, {}, by=by, at=at, contact_point=contact_point)
    if letter is not None:
        fact = LinkSent(letter=letter.pk, channel=letter.channel)
        entry = timeline.record(case, fact, by=by, at=at)
        outgoing.keep_message(case, entry, letter, at=at)
    return letter
