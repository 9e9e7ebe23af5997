"""Reads shaped for the interface. Cases come from ``casefile.access`` and nowhere else."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from valedor.api import schemas
from valedor.api.faults import Fault
from valedor.api.models import GivenAnswer
from valedor.api.problems import AtFault
from valedor.casefile.access import cases_visible_to
from valedor.casefile.filters import Filters
from valedor.casefile.limits.move import outcome_of
from valedor.casefile.models import (
    Case,
    Deadline,
    Entry,
    EntryContent,
    Grievance,
    Message,
    RawMessage,
)
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.clocks.outcome import Step
from valedor.foundation.refusals import Refused
from valedor.procedures.explanation import step_in_words
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.programs.models import ApiToken
from valedor.telling.entries import sentence_of
from valedor.telling.reader import Reader
from valedor.telling.values import body_of


def page_of(
    viewer: Viewer, filters: Filters, cursor: str, limit: int, zone: ZoneInfo
) -> schemas.CasePage:
    """A page of cases, the newest first."""
    found = cases_visible_to(viewer).filter(filters.condition())
    if cursor:
        at, pk = _read_cursor(cursor)
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk))
    ids = list(found.order_by("-received_at", "-pk").values_list("pk", flat=True)[: limit + 1])
    lines = lines_of(viewer, ids[:limit])
    more = len(ids) > limit and lines
    return schemas.CasePage(
        cases=[_line(line, zone) for line in lines],
        next_cursor=_cursor(lines[-1].received_at, lines[-1].id) if more else None,
    )


def _cursor(at: datetime, pk: int) -> str:
    content = json.dumps([at.isoformat(), pk])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _read_cursor(typed: str) -> tuple[datetime, int]:
    try:
        padded = typed + "=" * (-len(typed) % 4)
        at, pk = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not isinstance(pk, int) or not 0 <= pk < 2**63:
            raise ValueError
    except (ValueError, TypeError, binascii.Error) as error:
        words = _("This cursor is not one of ours: take “next_cursor” of the page before.")
        raise AtFault(400, Fault("query", "cursor", "cursor_unreadable", words)) from error
    return moment, pk


def _line(line: CaseLine, zone: ZoneInfo) -> schemas.CaseLine:
    return schemas.CaseLine(
        reference=line.reference,
        entity=line.entity_key,
        kind=line.kind,
        channel=line.channel,
        stage=line.stage,
        subject=line.subject,
        category=line.category_key,
        language=line.language,
        severity=line.severity,
        urgency=line.urgency,
        received_at=line.received_at.astimezone(zone),
        received_precision=line.received_precision,  # type: ignore[arg-type]
        next_due_at=_local(line.next_due_at, zone),
        closed_at=_local(line.closed_at, zone),
    )


def view_of(case: Case) -> schemas.CaseView:
    """One case, fetched by access."""
    zone = ZoneInfo(case.entity.timezone)
    grievances = Grievance.objects.filter(case=case).order_by("ordinal")
    return schemas.CaseView(
        reference=case.reference,
        entity=case.entity.key,
        kind=case.kind,
        channel=case.channel,
        stage=case.stage,
        language=case.language,
        answer_channel=case.answer_channel,
        subject=case.subject,
        remedy_sought=case.remedy_sought,
        contract_number=case.contract_number,
        category=case.category.key if case.category else None,
        area=case.area.key if case.area else None,
        complainant=case.complainant.name if case.complainant else "",
        grievances=[
            schemas.Grievance(
                ordinal=one.ordinal, text=one.text, withdrawn_at=_local(one.withdrawn_at, zone)
            )
            for one in grievances
        ],
        severity=case.severity,
        urgency=case.urgency,
        is_vulnerable=case.is_vulnerable,
        touches_safety=case.touches_safety,
        source=case.source,
        source_number=case.source_number,
        book_number=f"{case.book_year}/{case.book_number}" if case.book_number else None,
        received_at=case.received_at.astimezone(zone),
        received_precision=case.received_precision,  # type: ignore[arg-type]
        registered_at=case.registered_at.astimezone(zone),
        next_due_at=_local(case.next_due_at, zone),
        closed_at=_local(case.closed_at, zone),
        erased_at=_local(case.erased_at, zone),
    )


def messages_of(case: Case, cursor: str, limit: int) -> schemas.MessagePage:
    """A page of the correspondence of a case, the oldest first."""
    zone = ZoneInfo(case.entity.timezone)
    messages = Message.objects.filter(case=case)
    if cursor:
        at, pk = _read_cursor(cursor)
        messages = messages.filter(Q(at__gt=at) | Q(at=at, pk__gt=pk))
    found = list(messages.order_by("at", "pk")[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    texts = EntryContent.objects.in_bulk([one.entry_id for one in found])
    return schemas.MessagePage(
        messages=[
            schemas.MessageView(
                direction=one.direction,  # type: ignore[arg-type]
                channel=one.channel,
                text=texts[one.entry_id].body if one.entry_id in texts else None,
                at=one.at.astimezone(zone),
            )
            for one in found
        ],
        next_cursor=_cursor(found[-1].at, found[-1].pk) if more else None,
    )


def journey_of(case: Case) -> schemas.Journey:
    """What happened, and what is counted."""
    zone = ZoneInfo(case.entity.timezone)
    house = house_rules(case.entity_id)
    return schemas.Journey(
        reference=case.reference,
        stage=case.stage,
        timezone=case.entity.timezone,
        entries=[
            _entry(entry, zone)
            for entry in Entry.objects.filter(case=case)
            .select_related("content")
            .order_by("sequence")
        ],
        deadlines=[
            _deadline(deadline, house, zone)
            for deadline in Deadline.objects.filter(case=case).order_by("due_at", "pk")
        ],
    )


def entries_since(viewer: Viewer, case: Case, sequence: int) -> list[schemas.EntryView]:
    """The lines of a timeline after one of them, as far as the viewer's seats see them."""
    zone = ZoneInfo(case.entity.timezone)
    found = Entry.objects.filter(case=case, sequence__gt=sequence).select_related("content")
    return [
        _entry(entry, zone)
        for entry in found.order_by("sequence")
        if entry.seats & int(viewer.seats)
    ]


def _entry(entry: Entry, zone: ZoneInfo) -> schemas.EntryView:
    return schemas.EntryView(
        sequence=entry.sequence,
        kind=entry.kind,
        sentence=sentence_of(entry, Reader.STAFF),
        text=body_of(entry) or None,
        actor=entry.actor,
        seats=Seat(entry.seats).names,
        particulars=entry.particulars,
        at=entry.at.astimezone(zone),
        recorded_at=entry.recorded_at.astimezone(zone),
    )


def _deadline(deadline: Deadline, house: HouseRules, zone: ZoneInfo) -> schemas.DeadlineView:
    try:
        steps = outcome_of(deadline, house).steps
    except Refused:
        steps = ()
    return schemas.DeadlineView(
        regime=deadline.regime,
        clock=deadline.clock,
        duty=deadline.duty,
        role=deadline.role,  # type: ignore[arg-type]
        binding=deadline.binds,
        provisional=deadline.is_provisional,
        reading=deadline.reading,
        length=deadline.length,
        unit=deadline.unit,
        state=deadline.state,  # type: ignore[arg-type]
        starts_at=deadline.starts_at.astimezone(zone),
        due=deadline.due_on,
        due_at=_local(deadline.due_at, zone),
        left=deadline.left,
        met_at=_local(deadline.met_at, zone),
        missed_at=_local(deadline.missed_at, zone),
        steps=[_step(step, zone) for step in steps],  # type: ignore[misc]
    )


def _step(step: Step, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "what": step.what,
        "from": _end(step.begins, zone),
        "to": None if step.ends is None else _end(step.ends, zone),
        "amount": step.amount,
        "why": step_in_words(step),
    }


def _end(end: Any, zone: ZoneInfo) -> str:
    return str((end.astimezone(zone) if isinstance(end, datetime) else end).isoformat())


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None


# ------------------------------------------------------------------ answers given before
def given_answer(
    token: ApiToken, endpoint: str, key_digest: bytes, *, since: datetime
) -> GivenAnswer | None:
    """The answer that was remembered under a key."""
    return GivenAnswer.objects.filter(
        token=token, endpoint=endpoint, key_digest=key_digest, answered_at__gte=since
    ).first()


def keep_answer(answer: GivenAnswer) -> None:
    """Remember an answer, in the place of one that is too old to be given."""
    GivenAnswer.objects.filter(
        token=answer.token, endpoint=answer.endpoint, key_digest=answer.key_digest
    ).delete()
    answer.save(force_insert=True)


def forget_answers_before(at: datetime) -> int:
    """Remove old answers; how many there were."""
    removed, _rows = GivenAnswer.objects.filter(answered_at__lt=at).delete()
    return removed


def hold_raw(raw: RawMessage, trouble: str) -> None:
    """Keep what became nothing, with the reason."""
    RawMessage.objects.filter(pk=raw.pk, case=None).update(
        state=RawMessage.State.HELD, trouble=trouble
    )


def keep_as_step(raw: RawMessage) -> None:
    """Keep what its sender was asked about and will send again, or not."""
    RawMessage.objects.filter(pk=raw.pk, case=None).update(state=RawMessage.State.DRAFT)


def became(raw: RawMessage, case: Case) -> None:
    """What was sent about a message that opened a case goes with that case."""
    RawMessage.objects.filter(pk=raw.pk).update(state=RawMessage.State.REGISTERED, case=case)
