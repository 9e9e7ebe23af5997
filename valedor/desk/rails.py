"""Limits as time rails: one for each row of a queue, all of them beside a case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import Deadline, DeadlineEvent
from valedor.casefile.queries import CaseLine
from valedor.design.parts import Pause, Rail, RailState
from valedor.desk import spoken
from valedor.foundation.questions import columns_of, made_from, one_round_trip
from valedor.procedures.house_rules import CONFIGURATION_NUMBER, HouseRules, house_rules
from valedor.procedures.letter_facts import law_in_words


def duty_name(duty: str) -> str:
    """What is owed by a limit, in a word or two."""
    return {
        "acknowledge": pgettext("limit", "Receipt"),
        "first_answer": pgettext("limit", "First word"),
        "status_update": pgettext("limit", "Word on where it stands"),
        "respond": pgettext("limit", "Answer"),
        "admit": pgettext("limit", "Admission"),
        "notify": pgettext("limit", "Notice of the decision"),
        "carry_out_redress": pgettext("limit", "What was agreed"),
        "cure": pgettext("limit", "Missing details"),
        "answer_as_area": pgettext("limit", "An area's answer"),
    }.get(duty, duty.replace("_", " "))


# ------------------------------------------------------------------ beside a case
def rails_of(
    deadlines: Iterable[Deadline],
    events: Mapping[int, Sequence[DeadlineEvent]],
    house: HouseRules,
    reference: str,
    *,
    at: datetime,
) -> list[Rail]:
    """A rail for each limit of a case that still counts, those met last."""
    shown = [one for one in deadlines if one.state != Deadline.State.DROPPED]
    shown.sort(key=_order)
    return [
        rail_of(one, house, at=at, events=events.get(one.pk, ()), reference=reference)
        for one in shown
    ]


def _order(deadline: Deadline) -> tuple[bool, float]:
    due = deadline.due_at.timestamp() if deadline.due_at else float("inf")
    return (deadline.state == Deadline.State.MET, due)


def rail_of(
    deadline: Deadline,
    house: HouseRules,
    *,
    at: datetime,
    events: Sequence[DeadlineEvent] = (),
    reference: str = "",
) -> Rail:
    """One limit with its start, its end and the way to how it is counted."""
    zone = house.entity.timezone
    how = reverse("desk:counting", args=[reference, deadline.pk]) if reference else ""
    return Rail(
        label=label_of(deadline),
        words=words_of(deadline, zone, at),
        state=state_of(deadline, at),
        share_gone=share_of(deadline, at),
        pauses=_pauses(deadline, house, events, at),
        start=_end_words(deadline, zone, at, begins=True),
        end=_end_words(deadline, zone, at, begins=False),
        how_counted_url=how,
    )


def finished_words(deadlines: Iterable[Deadline]) -> str:
    """How many limits are done with, and how many of them came late."""
    met = [one for one in deadlines if one.state == Deadline.State.MET]
    late = sum(_came_late(one) for one in met)
    words = ngettext("%(number)s limit done", "%(number)s limits done", len(met)) % {
        "number": len(met)
    }
    if not late:
        return words
    return _("%(limits)s, %(number)s of them late") % {"limits": words, "number": late}


def _came_late(deadline: Deadline) -> bool:
    met, due = deadline.met_at, deadline.due_at
    return met is not None and due is not None and met > due


def label_of(deadline: Deadline) -> str:
    """Which duty, and whose rule it is: the law's, or the house's own promise."""
    duty = duty_name(deadline.duty)
    if deadline.role == Deadline.Role.TARGET:
        return _("%(duty)s, internal target") % {"duty": duty}
    if deadline.role == Deadline.Role.PROMISE or not deadline.binds:
        return _("%(duty)s, our own promise") % {"duty": duty}
    return _("%(duty)s, by law") % {"duty": duty}


def law_of(deadline: Deadline) -> str:
    """The provision behind a limit; empty for the house's own."""
    return law_in_words(deadline.procedure_version_id, deadline.clock, spoken.language())


def words_of(deadline: Deadline, zone: str, at: datetime) -> str:
    """What the limit says now."""
    if deadline.state == Deadline.State.MET:
        return _("done late") if _came_late(deadline) else _("done in time")
    if deadline.state in {Deadline.State.PAUSED, Deadline.State.HELD}:
        return _("the clock stands still")
    if deadline.due_at is None:
        return ""
    if deadline.due_on is not None:
        return spoken.days_left(deadline.due_on, spoken.local(at, zone).date())
    return spoken.time_left(deadline.due_at, at)


def state_of(deadline: Deadline, at: datetime) -> RailState:
    """How the rail is drawn."""
    if deadline.state == Deadline.State.MET:
        return "met"
    if deadline.state == Deadline.State.PAUSED:
        return "paused"
    if deadline.state == Deadline.State.HELD:
        return "held"
    if deadline.due_at is not None and deadline.due_at <= at:
        return "late"
    if deadline.warn_at is not None and deadline.warn_at <= at:
        return "warn"
    return "running"


def share_of(deadline: Deadline, at: datetime) -> int:
    """The share of the time that is used, in hundredths; half while no end is known."""
    if deadline.state == Deadline.State.MET:
        return 100
    return _share(deadline.starts_at, deadline.due_at, at)


def _share(start: datetime, due: datetime | None, at: datetime) -> int:
    if due is None:
        return 50
    whole = (due - start).total_seconds()
    if whole <= 0:
        return 100
    return min(max(round((at - start).total_seconds() * 100 / whole), 0), 100)


def _end_words(deadline: Deadline, zone: str, at: datetime, *, begins: bool) -> str:
    today = spoken.local(at, zone).date()
    if begins:
        start = spoken.local(deadline.starts_at, zone)
        if deadline.due_on is None and deadline.due_at is not None:
            return f"{spoken.short_day(start.date(), today=today)}, {start:%H:%M}"
        return spoken.short_day(start.date(), today=today)
    if deadline.due_on is not None:
        return spoken.short_day(deadline.due_on, today=today)
    if deadline.due_at is None:
        return ""
    end = spoken.local(deadline.due_at, zone)
    return f"{spoken.short_day(end.date(), today=today)}, {end:%H:%M}"


def _pauses(
    deadline: Deadline, house: HouseRules, events: Sequence[DeadlineEvent], at: datetime
) -> list[Pause]:
    """The stretches in which the clock stood still, by the events that pair in its rule."""
    if not events:
        return []
    rule = rule_of(deadline, house)
    ends_with = dict(zip(rule.pauses_on, rule.resumes_on, strict=False))
    found: list[Pause] = []
    open_since: dict[str, datetime] = {}
    for event in events:
        if event.event in ends_with:
            open_since.setdefault(ends_with[event.event], event.at)
        elif event.event in open_since:
            found += _stretch(deadline, open_since.pop(event.event), event.at)
    for since in open_since.values():
        found += _stretch(deadline, since, at)
    return found


def _stretch(deadline: Deadline, begins: datetime, ends: datetime) -> list[Pause]:
    left = _share(deadline.starts_at, deadline.due_at, begins)
    right = _share(deadline.starts_at, deadline.due_at, ends)
    if deadline.due_at is None:
        left, right = 25, 50
    return [Pause(left, right - left)] if right > left else []


# ------------------------------------------------------------------ rows of a queue
_NEXT = f"""
    SELECT DISTINCT ON (case_id) {columns_of(Deadline)} FROM casefile_deadline
    WHERE case_id = ANY (%s) AND state IN ('running', 'paused', 'held', 'missed')
    ORDER BY case_id, due_at NULLS LAST, id
"""  # noqa: S608 -- our own columns
_EVENTS = f"""
    SELECT {columns_of(DeadlineEvent)} FROM casefile_deadlineevent
    WHERE case_id = ANY (%s) AND withdrawn_at IS NULL ORDER BY at, id
"""  # noqa: S608 -- our own columns


def next_rails(lines: Sequence[CaseLine], *, at: datetime) -> dict[int, Rail]:
    """For each case of a list the limit that comes next. One round trip, however many cases."""
    waiting = [line.id for line in lines if line.closed_at is None]
    deadlines, stretches, number = [], [], []
    if waiting:
        with one_round_trip() as ask:
            deadlines = ask.rows(_NEXT, [waiting])
            stretches = ask.rows(_EVENTS, [waiting])
            number = ask.rows(CONFIGURATION_NUMBER)
    first = {one.case_id: one for one in made_from(Deadline, deadlines)}
    events: dict[int, list[DeadlineEvent]] = defaultdict(list)
    for event in made_from(DeadlineEvent, stretches):
        events[event.deadline_id].append(event)
    rails = {}
    for line in lines:
        coming = first.get(line.id)
        if coming is not None:
            house = house_rules(coming.entity_id, number[0][0])
            rails[line.id] = _row_rail(coming, house, events.get(coming.pk, ()), at)
        elif line.closed_at is not None:
            rails[line.id] = _closed_rail(line)
    return rails


def _row_rail(
    deadline: Deadline, house: HouseRules, events: Sequence[DeadlineEvent], at: datetime
) -> Rail:
    zone = house.entity.timezone
    return Rail(
        label=duty_name(deadline.duty).lower(),
        words=words_of(deadline, zone, at),
        state=state_of(deadline, at),
        share_gone=share_of(deadline, at),
        pauses=_pauses(deadline, house, events, at),
    )


def _closed_rail(line: CaseLine) -> Rail:
    assert line.closed_at is not None  # noqa: S101 -- asked by whoever calls
    days = (line.closed_at - line.received_at).days
    return Rail(
        label=_("closed"),
        words=spoken.short_day(line.closed_at.date()),
        state="met",
        share_gone=100 if days >= 0 else 0,
    )
