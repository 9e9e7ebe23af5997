"""Look at every limit that comes near or is past: warn somebody who can act, once.

Silence closes nothing: a case whose limit passed stays open, overdue, and the next instance is
shown to the person. Taken in bites with ``SKIP LOCKED``, so that any number of workers sweep
together, and written in few round trips. An idle sweep reads the partial index of ``next_look_at``
and nothing else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from valedor.casefile import letters, timeline
from valedor.casefile.actors import SYSTEM
from valedor.casefile.facts import Fact
from valedor.casefile.limits.begin import refresh_next_due
from valedor.casefile.limits.facts import as_told
from valedor.casefile.models import Case, Deadline, Entry
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import rows
from valedor.handling import outgoing
from valedor.handling.alarms import accounts_able, alarm_for
from valedor.handling.facts import CureLapsed, LimitNear, LimitPassed, NextStepOpened
from valedor.handling.models import Alarm, CureRequest, Inquiry
from valedor.handling.office import ANSWER_THE_OFFICE
from valedor.handling.silence import Silence, letters_of
from valedor.people.models import Entity
from valedor.procedures.applicable import AREA_DUTY

BITE = 400
# Of a case only what a line, an alarm and a letter need: half of what takes time is making objects.
_NEEDED = (
    "entity", "seats", "reference", "complainant", "mandate", "language", "answer_channel",
    "facts", "is_marked_abuse", "stage", "team", "holder", "recused", "urgency", "source",
    "received_at", "registered_at", "closed_at", "last_sequence", "last_hash", "kind",
    "is_protected",
)  # fmt: skip
_LOOKED_AT = (
    "case", "entity", "seats", "instance", "procedure_version", "regime", "clock", "duty", "role",
    "state", "due_on", "due_at", "warned_at", "missed_at", "next_look_at",
)  # fmt: skip

_DEADLINES = """
    UPDATE casefile_deadline AS deadline SET state = due.state, warned_at = due.warned_at,
        missed_at = due.missed_at, next_look_at = due.next_look_at
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
        AS due (id, state, warned_at, missed_at, next_look_at)
    WHERE deadline.id = due.id
"""
_CASES = """
    UPDATE casefile_case AS kase SET last_sequence = moved.sequence, last_hash = moved.hash,
        urgency = moved.urgency
    FROM unnest(%s::bigint[], %s::integer[], %s::bytea[], %s::text[])
        AS moved (id, sequence, hash, urgency)
    WHERE kase.id = moved.id
"""
_CAUSES_WHEN_PAST = {
    "cure": Alarm.Cause.CURE_LAPSED,
    "carry_out_redress": Alarm.Cause.REDRESS_LATE,
    AREA_DUTY: Alarm.Cause.AREA_LATE,
    ANSWER_THE_OFFICE: Alarm.Cause.OFFICE_LATE,
}

OWED_WHEN_CLOSED = frozenset({ANSWER_THE_OFFICE})
"""What is owed of a case that is closed, too: its end does not answer the ombudsman."""


def sweep(*, at: datetime, bite: int = BITE, entities: Sequence[int] = ()) -> int:
    """Look at what is due, bite by bite, until nothing is left; how many limits were looked at.

    All entities unless some are named.
    """
    looked = 0
    while number := sweep_once(at=at, bite=bite, entities=entities):
        looked += number
    return looked


@dataclass
class _Written:
    """What one bite writes."""

    made: list[models.Model] = field(default_factory=list)
    statements: list[rows.Statement] = field(default_factory=list)
    cases: dict[int, Case] = field(default_factory=dict)
    lapsed: list[int] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    askers: dict[int, int] = field(default_factory=dict)  # Of an area: who asked, by the limit.


def sweep_once(*, at: datetime, bite: int = BITE, entities: Sequence[int] = ()) -> int:
    """One bite, in one transaction."""
    with viewing(the_house(*entities)):
        due = _due(at, bite)
        if not due:
            return 0
        written = _Written(askers=_askers(due))
        able = _able(due, written.askers, at=at)
        opened = _already_opened(due)
        for deadline in due:
            case = written.cases.setdefault(deadline.case_id, deadline.case)
            _look(deadline, case, written, able=able, opened=opened, at=at)
        _say_sorry(written, able=able, at=at)
        _write(due, written, at=at)
    return len(due)


def _due(at: datetime, bite: int) -> list[Deadline]:
    """What is due, with its case, both locked; what somebody else holds is left for later.

    Limits are asked for by themselves: joined to cases, the database walks every case that the row
    policy shows to find the few that are due.
    """
    due = list(
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(next_look_at__lte=at)
        .only(*_LOOKED_AT)
        .order_by("next_look_at")[:bite]
    )
    if not due:
        return []
    free = Case.objects.select_for_update(skip_locked=True).only(*_NEEDED)
    cases = free.in_bulk({one.case_id for one in due})
    entities = Entity.objects.in_bulk({case.entity_id for case in cases.values()})
    for case in cases.values():
        case.entity = entities[case.entity_id]
    due = [one for one in due if one.case_id in cases]
    for deadline in due:
        deadline.case = cases[deadline.case_id]
    return due


def _askers(due: Sequence[Deadline]) -> dict[int, int]:
    """Who asked an area for what is due now: they are told, whoever holds the case."""
    asked = [one.pk for one in due if one.duty == AREA_DUTY]
    if not asked:
        return {}
    found = Inquiry.objects.filter(deadline__in=asked, by__isnull=False)
    return dict(found.values_list("deadline_id", "by_id"))


def _able(due: Sequence[Deadline], askers: Mapping[int, int], *, at: datetime) -> frozenset[int]:
    """The holders and askers who can act today, each by the calendar of their cases' zone."""
    holders: dict[str, set[int]] = defaultdict(set)
    for deadline in due:
        holders[deadline.case.entity.timezone] |= {
            one for one in (deadline.case.holder_id, askers.get(deadline.pk)) if one is not None
        }
    found: frozenset[int] = frozenset()
    for zone, accounts in holders.items():
        found |= accounts_able(accounts, at=at, zone=zone)
    return found


def _already_opened(due: Sequence[Deadline]) -> set[int]:
    """The instances for which the next step was opened before.

    An answer's limit has passed already.
    """
    candidates = [one.instance_id for one in due if _opens_next_step(one)]
    if not candidates:
        return set()
    return set(
        Deadline.objects.filter(
            instance__in=candidates,
            duty="respond",
            role=Deadline.Role.LAW,
            state=Deadline.State.MISSED,
        ).values_list("instance", flat=True)
    )


def _opens_next_step(deadline: Deadline) -> bool:
    by_the_house = deadline.duty == "respond" and deadline.role == Deadline.Role.LAW
    return by_the_house and not deadline.case.is_of_the_office


def _look(
    deadline: Deadline,
    case: Case,
    written: _Written,
    *,
    able: frozenset[int],
    opened: set[int],
    at: datetime,
) -> None:
    is_over = case.closed_at is not None and deadline.duty not in OWED_WHEN_CLOSED
    if is_over or deadline.state != Deadline.State.RUNNING:
        deadline.next_look_at = None
        return
    fact: Fact
    due_at = deadline.due_at
    told = due_at.isoformat() if due_at else ""
    if due_at is not None and at < due_at:
        deadline.warned_at, deadline.next_look_at = at, due_at
        if case.urgency == Case.Urgency.NONE and case.closed_at is None:
            case.urgency = Case.Urgency.DUE_SOON
        fact = LimitNear(deadline=deadline.pk, duty=deadline.duty, due_at=told)
        _tell(case, deadline, fact, Seat.COMPANY, written, at=at)
        _call(case, deadline, Alarm.Cause.DUE_SOON, written, able=able, at=at)
        return
    deadline.next_look_at = None
    if deadline.duty == "cure":
        # The person's own limit: that it lapsed makes nobody of the house late.
        deadline.state = Deadline.State.DROPPED
        written.lapsed.append(case.pk)
        fact = CureLapsed(cure_by=told, deadlines=as_told([deadline]))
        _tell(case, deadline, fact, Seat(deadline.seats), written, at=at)
        _call(case, deadline, Alarm.Cause.CURE_LAPSED, written, able=able, at=at)
        return
    deadline.state, deadline.missed_at = Deadline.State.MISSED, at
    if case.closed_at is None:
        case.urgency = Case.Urgency.OVERDUE
    passed = LimitPassed(deadline=deadline.pk, duty=deadline.duty, due_at=told)
    _tell(case, deadline, passed, Seat(deadline.seats), written, at=at)
    cause = _CAUSES_WHEN_PAST.get(deadline.duty, Alarm.Cause.OVERDUE)
    _call(case, deadline, cause, written, able=able, at=at)
    if _opens_next_step(deadline) and deadline.instance_id not in opened:
        opened.add(deadline.instance_id)
        fact = NextStepOpened(deadline=deadline.pk)
        entry = _tell(case, deadline, fact, Seat(deadline.seats), written, at=at)
        written.silences.append(Silence(case, deadline, entry))


def _say_sorry(written: _Written, *, able: frozenset[int], at: datetime) -> None:
    """Each person whose answer is late is told so, and where to turn: by letter, once."""
    found = letters_of(written.silences, at=at)
    for one in written.silences:
        if one.deadline.pk not in found:
            continue
        letter = found[one.deadline.pk]
        if letter is None:
            _call(one.case, one.deadline, Alarm.Cause.LETTER_FAILED, written, able=able, at=at)
            continue
        written.made += [letter, outgoing.message_of(one.case, one.entry, letter, at=at)]
        written.statements += letters.delivery_of(letter)


def _tell(
    case: Case, deadline: Deadline, fact: Fact, seats: Seat, written: _Written, *, at: datetime
) -> Entry:
    entry, content = timeline.compose(
        case, fact, by=SYSTEM, at=at, seats=seats, instance=deadline.instance_id
    )
    written.made += [entry] if content is None else [entry, content]
    written.statements += timeline.follow_up(case, entry)
    return entry


def _call(
    case: Case,
    deadline: Deadline,
    cause: Alarm.Cause,
    written: _Written,
    *,
    able: frozenset[int],
    at: datetime,
) -> None:
    alarm = alarm_for(case, cause, at=at, able=able)
    alarm.deadline_id = deadline.pk
    asker = written.askers.get(deadline.pk)
    if asker in able and asker not in case.recused:
        alarm.account_id = asker
    written.made.append(alarm)


def _write(due: Sequence[Deadline], written: _Written, *, at: datetime) -> None:
    cases = list(written.cases.values())
    deadlines: rows.Statement = (
        _DEADLINES,
        [
            [one.pk for one in due],
            [str(one.state) for one in due],
            [one.warned_at for one in due],
            [one.missed_at for one in due],
            [one.next_look_at for one in due],
        ],
    )
    heads: rows.Statement = (
        _CASES,
        [
            [one.pk for one in cases],
            [one.last_sequence for one in cases],
            [bytes(one.last_hash) for one in cases],
            [str(one.urgency) for one in cases],
        ],
    )
    rows.send([*rows.together(written.made), deadlines, heads, *written.statements])
    if written.lapsed:
        CureRequest.objects.filter(case__in=written.lapsed, cured_at=None, lapsed_at=None).update(
            lapsed_at=at
        )
        for case in cases:
            if case.pk in written.lapsed:
                refresh_next_due(case)  # It no longer waits for what the person did not send.
