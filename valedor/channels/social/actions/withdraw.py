"""Take back the consent to a public message: it is removed as an erasure does, the case goes on.

A message that came by a case which goes on in this one can be taken out here too: it lies with its
own case, and its line stands in both.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.social.facts import PublicConsentWithdrawn
from valedor.channels.social.models import PublicConsent, PublicMessage
from valedor.channels.social.social_rules import why_not_withdraw
from valedor.foundation.refusals import refuse_if
from valedor.handling.queries import cases_of_one_person_in
from valedor.privacy.actions.erase_document import erase_document


def brought_in(case: Case) -> list[PublicMessage]:
    """The public messages that are in a case now, or in one that goes on in it, the oldest first.

    Of other people's cases that go on in it none: each takes back what they agreed to themselves.
    """
    with viewing(the_house(case.entity_id)):
        found = PublicMessage.objects.select_related("document", "case")
        return list(
            found.filter(
                case__in=[case.pk, *cases_of_one_person_in(case)], state=PublicMessage.State.AGREED
            ).order_by("pk")
        )


def withdraw_consent(case: Case, *, by: By, at: datetime) -> None:
    """Remove every public message that was brought into a case by consent. Raises ``Refused``."""
    with viewing(the_house(case.entity_id)):
        # In the order in which a merge locks them.
        merged = {pk: locked(Case(pk=pk)) for pk in sorted(cases_of_one_person_in(case))}
        case = locked(case)
        messages = brought_in(case)
        refuse_if(why_not_withdraw(messages))
        for message in messages:
            own = merged.get(message.case_id or 0, case)
            if message.document is not None:
                erase_document(own, message.document, ground="consent_withdrawn", by=by, at=at)
            for told in dict.fromkeys((own, case)):
                timeline.record(told, PublicConsentWithdrawn(message=message.pk), by=by, at=at)
            PublicConsent.objects.filter(message=message).update(withdrawn_at=at)
            message.state, message.settled_at = PublicMessage.State.WITHDRAWN, at
            message.save(update_fields=["state", "settled_at"])
