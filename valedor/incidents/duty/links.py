"""What the link of a call shows: enough to know the emergency, nothing about anybody."""

from typing import Any

from django.conf import settings

from valedor.casefile.models import Kind
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.spoken_dates import moment_in_words
from valedor.incidents.duty.models import CallOut, CallOutCall


def called_by(call_id: int) -> CallOutCall | None:
    """The call behind a link, while whoever was called still works here."""
    with viewing(the_house()):
        found = CallOutCall.objects.filter(pk=call_id, account__is_active=True)
        return found.select_related(
            "account", "call_out__taken_by", "case__entity", "case__category"
        ).first()


def stands(call: CallOutCall) -> dict[str, Any]:
    """How the emergency stands, in the language that is active."""
    case, going, language = call.case, call.call_out, call.account.language
    return {
        "reference": case.reference,
        "entity": case.entity.name,
        "matter": str(case.category.name) if case.category else str(Kind(case.kind).label),
        "received": moment_in_words(case.received_at, case.entity.timezone, language),
        "me": call.account.name,
        "is_going": going.state == CallOut.State.CALLING,
        "is_mine": going.taken_by_id == call.account_id,
        "taken_by": going.taken_by.name if going.taken_by else "",
        "case_url": f"{settings.PUBLIC_URL}/desk/cases/{case.reference}",
    }
