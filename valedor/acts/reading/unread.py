"""What no machine could read: messages and rows that wait for a person, and those set aside."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404

from valedor.acts.unread_text import reference_of
from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import Viewer
from valedor.channels.email.sorting import SPAM
from valedor.channels.models import Mail
from valedor.intake.importing.models import ImportReject
from valedor.intake.models import SetAside
from valedor.intake.rules import SORTS
from valedor.people.permissions import Permission

LOOKS = (*SORTS, Permission.AUDIT)
SHOWN = 100
_OF_NO_CASE = (RawMessage.State.HELD, RawMessage.State.SET_ASIDE)


def messages_waiting(viewer: Viewer) -> list[RawMessage]:
    """What arrived, by whichever channel, and could not be read or filed; the newest first. What
    is held as spam has a page of its own.
    """
    found = _held(viewer).exclude(trouble=SPAM).filter(paper=None)
    shown = list(found.select_related("entity").order_by("-received_at", "-pk")[:SHOWN])
    shut = _shut_to(viewer, shown)
    return [one for one in shown if reference_of(one) not in shut]


def _held(viewer: Viewer) -> "QuerySet[RawMessage]":
    return _of_the_company(viewer).filter(state=RawMessage.State.HELD)


def _of_the_company(viewer: Viewer) -> "QuerySet[RawMessage]":
    """Whoever has a seat in the ombudsman's office of another entity, too, sees what came to that
    office on its own pages (``desk.queries.office_held``).
    """
    found = RawMessage.objects.filter(entity__in=viewer.entities_where(*LOOKS))
    return found.exclude(seats=int(OFFICE_FILE))


def mails_of(raws: Sequence[RawMessage]) -> dict[int, Mail]:
    """What was read from those that are mails, by the message."""
    keys = [one.pk for one in raws if one.channel == Case.Channel.EMAIL]
    if not keys:
        return {}
    read = Mail.objects.filter(pk__in=keys)
    return read.only(
        "sender_name", "sender_address", "subject", "verdict", "awaits_verdict"
    ).in_bulk()


def spam_waiting(viewer: Viewer) -> list[Mail]:
    """Mail that is held as spam, the newest first, with its message and entity."""
    held = _held(viewer).filter(trouble=SPAM)
    found = Mail.objects.filter(raw__in=held).select_related("raw", "entity")
    return list(found.order_by("-raw__received_at", "-pk")[:SHOWN])


def spam_count(viewer: Viewer) -> int:
    """How many mails are held as spam."""
    return _held(viewer).filter(trouble=SPAM).count()


def _shut_to(viewer: Viewer, raws: Sequence[RawMessage]) -> set[str]:
    """The references of cases, of those that messages were on their way to, which this viewer may
    not see: what was written to them is not shown either.
    """
    named = {reference_of(one) for one in raws} - {""}
    if not named:
        return set()
    there = set(Case.objects.filter(reference__in=named).values_list("reference", flat=True))
    seen = cases_visible_to(viewer).filter(reference__in=there)
    return there - set(seen.values_list("reference", flat=True))


def message_for(viewer: Viewer, raw_id: int, *, registered_too: bool = False) -> RawMessage:
    """One of them, or one that was set aside. Raises ``Http404``: one query either way.

    ``registered_too`` for a form about it that is sent twice.
    """
    states = (*_OF_NO_CASE, RawMessage.State.REGISTERED) if registered_too else _OF_NO_CASE
    found = (
        _of_the_company(viewer).filter(pk=raw_id, state__in=states).select_related("entity").first()
    )
    if found is None or _shut_to(viewer, [found]):
        raise Http404
    return found


def locked_message(raw: RawMessage) -> RawMessage:
    """The same message, fresh and locked until the transaction ends."""
    return RawMessage.objects.select_for_update().get(pk=raw.pk)


def set_aside_of(raw: RawMessage) -> SetAside | None:
    """Why a message lies aside, and who said so."""
    return SetAside.objects.filter(raw=raw, taken_up_at=None).select_related("by").first()


def messages_set_aside(viewer: Viewer) -> list[SetAside]:
    """What somebody has read and nothing came of; the newest first."""
    found = SetAside.objects.filter(taken_up_at=None, raw__in=_of_the_company(viewer))
    shown = list(found.select_related("raw__entity", "by").order_by("-at", "-pk")[:SHOWN])
    shut = _shut_to(viewer, [one.raw for one in shown])
    return [one for one in shown if reference_of(one.raw) not in shut]


def rows_waiting(viewer: Viewer) -> list[ImportReject]:
    """Rows of imported files that became no case, in the order of their files."""
    found = ImportReject.objects.filter(settled_at=None, entity__in=viewer.entities_where(*LOOKS))
    return list(found.select_related("file", "entity").order_by("pk")[:SHOWN])


def rows_set_aside(viewer: Viewer) -> list[ImportReject]:
    """Rows of which somebody said that nothing comes of them; the newest first."""
    found = ImportReject.objects.filter(
        settled_by__isnull=False, case=None, entity__in=viewer.entities_where(*LOOKS)
    )
    found = found.select_related("file", "entity", "settled_by")
    return list(found.order_by("-settled_at", "-pk")[:SHOWN])


def row_for(viewer: Viewer, reject_id: int) -> ImportReject:
    """One row, seen to or not. Raises ``Http404``: one query either way."""
    found = (
        ImportReject.objects.filter(pk=reject_id, entity__in=viewer.entities_where(*LOOKS))
        .select_related("file", "entity", "settled_by", "case")
        .first()
    )
    if found is None:
        raise Http404
    return found
