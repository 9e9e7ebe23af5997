"""A caller asks for a supervisor: in this call, else the same day (Ley 10/2025, art. 8.3)."""

from datetime import datetime, timedelta

from django.db import transaction

from valedor.casefile.viewing import Viewer
from valedor.channels.telephone import call_rules
from valedor.channels.telephone.actions.take_call import call_locked
from valedor.channels.telephone.models import Call
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account

WITHIN = timedelta(minutes=3)
"""After so long without a supervisor a call the same day is promised."""


@transaction.atomic
def ask_for_lead(call: Call, *, viewer: Viewer, at: datetime) -> Call:
    """Note that they ask for a supervisor: it pops up for whoever leads. Raises ``Refused``."""
    call = call_locked(call)
    refuse_if(call_rules.why_not_ask_for_lead(call, viewer))
    call.lead_asked_at = at
    call.save(update_fields=["lead_asked_at"])
    return call


@transaction.atomic
def speak_as_lead(call: Call, *, viewer: Viewer, by: Account, at: datetime) -> Call:
    """Note that a supervisor speaks to them now. Raises ``Refused``."""
    call = call_locked(call)
    refuse_if(call_rules.why_not_speak_as_lead(call, viewer))
    call.lead, call.lead_at = by, at
    call.save(update_fields=["lead", "lead_at"])
    return call


@transaction.atomic
def give_priority(call: Call, *, viewer: Viewer) -> Call:
    """Note that whoever calls goes first: 65 or older, a disability, in need of more care.

    Raises ``Refused``.
    """
    call = call_locked(call)
    refuse_if(call_rules.why_not_attend(viewer.within(call.entity_id)))
    call.has_priority = True
    call.save(update_fields=["has_priority"])
    return call
