"""What may not be done with a call, and why. Pure."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.telephone.call_backs import CallAttempt
from valedor.channels.telephone.models import Call
from valedor.foundation.refusals import Refusal
from valedor.people.permissions import Permission

GOES_ON = frozenset({Call.State.RINGING, Call.State.RUNNING})
NOT_PERMITTED = Refusal("not_permitted", _("Your role does not let you do this."))


def why_not_attend(viewer: Viewer) -> Refusal | None:
    """Whoever registers contacts at the entity attends to its calls. ``viewer`` is within it."""
    return None if viewer.may(Permission.REGISTER) else NOT_PERMITTED


def why_not_take(call: Call, viewer: Viewer) -> Refusal | None:
    """One person talks with one caller."""
    if refusal := why_not_attend(viewer.within(call.entity_id)):
        return refusal
    if call.state not in GOES_ON:
        return Refusal("call_over", _("This call is over."))
    holder = call.holder
    if holder is not None and holder.pk != viewer.account_id:
        return Refusal("call_taken", _("%(name)s has this call."), {"name": holder.name})
    return None


def why_not_end(call: Call, viewer: Viewer) -> Refusal | None:
    """A switchboard says itself when a call is over; whoever noted one by hand says it here."""
    if not call.is_by_hand:
        return Refusal("call_of_switchboard", _("The switchboard tells when this call ends."))
    return why_not_take(call, viewer)


def why_not_check(call: Call, viewer: Viewer, how: str) -> Refusal | None:
    """That a caller is who they say is written down once, by whoever talks, with how."""
    if refusal := why_not_attend(viewer.within(call.entity_id)):
        return refusal
    if call.checked_at is not None:
        return Refusal("checked_already", _("Their identity was checked already."))
    if how not in Call.Check.values:
        return Refusal("how_missing", _("Say how you made sure who they are."))
    return None


def why_not_add(call: Call, case: Case) -> Refusal | None:
    """What was said to one entity is not told to another."""
    if case.entity_id == call.entity_id:
        return None
    return Refusal("other_entity", _("This call came to another entity than the case."))


def why_not_return(viewer: Viewer, result: str, *, waiting: int) -> Refusal | None:
    """Somebody who hung up is called back while they wait for it. ``viewer`` is at the entity."""
    if refusal := why_not_attend(viewer):
        return refusal
    if result not in CallAttempt.Result.values:
        return Refusal("result_missing", _("Say what came of the call."))
    if not waiting:
        return Refusal("returned_already", _("They called again, or somebody has returned it."))
    return None


def why_not_ask_for_lead(call: Call, viewer: Viewer) -> Refusal | None:
    """While somebody talks, and once."""
    if refusal := why_not_attend(viewer.within(call.entity_id)):
        return refusal
    if call.state not in GOES_ON:
        return Refusal("call_over", _("This call is over: promise a call of a supervisor today."))
    if call.lead_asked_at is not None:
        return Refusal("lead_asked", _("A supervisor was asked for already."))
    return None


def why_not_speak_as_lead(call: Call, viewer: Viewer) -> Refusal | None:
    """Whoever leads at the entity is its supervisor."""
    if not viewer.within(call.entity_id).may(Permission.ASSIGN):
        return NOT_PERMITTED
    if call.lead_asked_at is None or call.lead_at is not None:
        return Refusal("lead_not_asked", _("Nobody asks for a supervisor in this call."))
    return None
