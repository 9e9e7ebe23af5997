"""What other systems can be told, in words of their own that do not change with our facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    """Something that happened to a case and that a system may want to know."""

    REGISTERED = "case.registered", _("A case was registered")
    KIND_CHANGED = "case.kind_changed", _("A case became one of another kind")
    STAGE_CHANGED = "case.stage_changed", _("A case entered another stage")
    ASSIGNED = "case.assigned", _("A case was given to somebody")
    MESSAGE_RECEIVED = "case.message_received", _("The person wrote")
    MESSAGE_SENT = "case.message_sent", _("We wrote to the person")
    DOCUMENT_ADDED = "case.document_added", _("A document was added")
    INFORMATION_ASKED = "case.information_asked", _("The person was asked for something")
    EXTENDED = "case.extended", _("The time to answer was extended")
    LIMIT_NEAR = "case.limit_near", _("A time limit comes near")
    LIMIT_PASSED = "case.limit_passed", _("A time limit passed")
    ANSWERED = "case.answered", _("The answer went out")
    ANSWER_FAILED = "case.answer_failed", _("The answer could not be delivered")
    CONTESTED = "case.contested", _("The person contested the answer")
    REDRESS_OFFERED = "case.redress_offered", _("Redress was offered")
    REDRESS_ACCEPTED = "case.redress_accepted", _("Redress was accepted")
    REDRESS_DECLINED = "case.redress_declined", _("Redress was declined")
    REDRESS_CARRIED_OUT = "case.redress_carried_out", _("Redress was carried out")
    CLOSED = "case.closed", _("A case was closed")
    REOPENED = "case.reopened", _("A case was reopened")
    ERASED = "case.erased", _("The personal content of a case was erased")


TEST = "webhook.test"
"""What is sent to try an address out; nobody subscribes to it."""

OF_FACTS: dict[str, Event] = {
    "case.received": Event.REGISTERED,
    "case.kind_changed": Event.KIND_CHANGED,
    "case.assigned": Event.ASSIGNED,
    "message.received": Event.MESSAGE_RECEIVED,
    "message.sent": Event.MESSAGE_SENT,
    "document.kept": Event.DOCUMENT_ADDED,
    "case.asked": Event.INFORMATION_ASKED,
    "case.cure_requested": Event.INFORMATION_ASKED,
    "case.extended": Event.EXTENDED,
    "limits.near": Event.LIMIT_NEAR,
    "limits.passed": Event.LIMIT_PASSED,
    "case.answered": Event.ANSWERED,
    "case.response_failed": Event.ANSWER_FAILED,
    "case.contested": Event.CONTESTED,
    "redress.offered": Event.REDRESS_OFFERED,
    "redress.accepted": Event.REDRESS_ACCEPTED,
    "redress.declined": Event.REDRESS_DECLINED,
    "redress.carried_out": Event.REDRESS_CARRIED_OUT,
    "case.closed": Event.CLOSED,
    "case.withdrawn": Event.CLOSED,
    "case.reopened": Event.REOPENED,
    "case.erased": Event.ERASED,
}
"""Which fact is told as which event; what is not here is told to nobody outside."""
