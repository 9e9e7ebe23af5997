"""What no machine could read, and a person sorts: who may, and what stands against it. Pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.intake.importing.models import ImportReject
from valedor.people.permissions import Permission


def why_not_mandate(expires_on: date | None, *, received_on: date) -> Refusal | None:
    """Whether somebody still spoke for another on the day on which their words came."""
    if expires_on is None or expires_on >= received_on:
        return None
    return Refusal(
        "mandate_over",
        _("This mandate was over already. Write until when it lasts, or leave the day open."),
    )


SORTS = (Permission.HANDLE, Permission.ANSWER_ENQUIRIES)
"""Whoever works on cases of an entity sorts what came to it and could not be read."""


def why_not_sort(raw: RawMessage, viewer: Viewer) -> Refusal | None:
    """Whether a message still waits for somebody. ``viewer`` is within the message's entity."""
    if refusal := _why_not_theirs(viewer):
        return refusal
    if raw.state not in {RawMessage.State.HELD, RawMessage.State.ARRIVED}:
        return Refusal("sorted_already", _("Somebody has seen to this message already."))
    return None


def why_not_set_aside(raw: RawMessage, viewer: Viewer, *, reason: str) -> Refusal | None:
    """A message becomes nothing only for a reason that others can read."""
    return why_not_sort(raw, viewer) or _why_not_reason(reason)


def why_not_take_up(raw: RawMessage, viewer: Viewer) -> Refusal | None:
    """Whether a message lies aside."""
    if refusal := _why_not_theirs(viewer):
        return refusal
    if raw.state != RawMessage.State.SET_ASIDE:
        return Refusal("not_set_aside", _("This message is not set aside."))
    return None


def why_not_take_row(reject: ImportReject, viewer: Viewer) -> Refusal | None:
    """Whether a rejected row still waits for somebody."""
    if refusal := _why_not_theirs(viewer):
        return refusal
    if reject.settled_at is not None:
        return Refusal("sorted_already", _("Somebody has seen to this row already."))
    return None


def why_not_set_row_aside(reject: ImportReject, viewer: Viewer, *, reason: str) -> Refusal | None:
    """A row becomes nothing only for a reason that others can read."""
    return why_not_take_row(reject, viewer) or _why_not_reason(reason)


def _why_not_theirs(viewer: Viewer) -> Refusal | None:
    if not viewer.permissions & set(SORTS):
        return Refusal(
            "not_permitted", _("Your role does not let you sort what could not be read.")
        )
    return None


def _why_not_reason(reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("reason_missing", _("Say why nothing comes of it."))
    return None
