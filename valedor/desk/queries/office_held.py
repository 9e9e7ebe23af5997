"""What reached the ombudsman's office and waits for somebody of it: its own, and only its own."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404

from valedor.acts.unread_text import reference_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import OFFICE_FILE, Seat
from valedor.casefile.viewing import Viewer
from valedor.intake.models import SetAside
from valedor.people.permissions import Permission
from valedor.review.office.access import at_both_tables

SHOWN = 100
State = RawMessage.State


def _of_the_office(viewer: Viewer) -> "QuerySet[RawMessage]":
    if not viewer.seats & Seat.OMBUDSMAN:
        return RawMessage.objects.none()
    return RawMessage.objects.filter(
        seats=int(OFFICE_FILE), entity__in=viewer.entities_where(Permission.WORK_IN_OFFICE)
    )


def held_for(viewer: Viewer) -> list[RawMessage]:
    """What waits, the newest first."""
    found = _of_the_office(viewer).filter(state=State.HELD).select_related("entity")
    shown = list(found.order_by("-received_at", "-pk")[:SHOWN])
    shut = _shut_to(viewer, shown)
    return [one for one in shown if reference_of(one) not in shut]


def set_aside_for(viewer: Viewer) -> list[SetAside]:
    """What somebody has read and nothing came of, the newest first."""
    found = SetAside.objects.filter(taken_up_at=None, raw__in=_of_the_office(viewer))
    shown = list(found.select_related("raw__entity", "by").order_by("-at", "-pk")[:SHOWN])
    shut = _shut_to(viewer, [one.raw for one in shown])
    return [one for one in shown if reference_of(one.raw) not in shut]


def held_message_for(viewer: Viewer, raw_id: int) -> RawMessage:
    """One of them, waiting or set aside. Raises ``Http404``."""
    found = _of_the_office(viewer).filter(pk=raw_id, state__in=[State.HELD, State.SET_ASIDE])
    one = found.select_related("entity").first()
    if one is None or _shut_to(viewer, [one]):
        raise Http404
    return one


def _shut_to(viewer: Viewer, raws: Sequence[RawMessage]) -> set[str]:
    """The files, of those that messages were on their way to, from which the viewer is recused."""
    named = {reference_of(one) for one in raws} - {""}
    found = Case.objects.filter(
        reference__in=named, pk__lt=0, recused__contains=[viewer.account_id]
    )
    return set(found.values_list("reference", flat=True)) if named else set()


def companys_case_of(raw: RawMessage) -> Case | None:
    """The case of the company from whose page somebody wrote to the ombudsman."""
    reference = reference_of(raw)
    if not reference:
        return None
    with at_both_tables(raw.entity_id):
        return Case.objects.filter(reference=reference, entity=raw.entity_id, pk__gt=0).first()
