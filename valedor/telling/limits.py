"""Limits as time rails: what is owed, until when, how much of the time is used."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valedor.casefile.limits.in_time import ends_at
from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import Deadline, DeadlineEvent
from valedor.design.parts import Pause, Rail, RailState
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken
from valedor.telling.reader import Reader
from valedor.telling.values import duty_name

STANDS_STILL = frozenset({Deadline.State.PAUSED, Deadline.State.HELD})
UNMET = (
    Deadline.State.RUNNING,
    Deadline.State.PAUSED,
    Deadline.State.HELD,
    Deadline.State.MISSED,
)


def rail_of(
    deadline: Deadline,
    house: HouseRules,
    reader: Reader,
    *,
    at: datetime,
    label: str = "",
    events: Sequence[DeadlineEvent] = (),
    how_counted_url: str = "",
) -> Rail:
    """One limit with its start, its end and the way to how it is counted.

    Beside others it goes by the ``label`` that tells it from them (``told_apart``).
    """
    zone = house.entity.timezone
    return Rail(
        label=label or label_of(deadline, reader),
        words=words_of(deadline, zone, reader, at=at),
        state=state_of(deadline, at),
        share_gone=share_of(deadline, at),
        pauses=pauses_of(deadline, house, events, at=at),
        start=_start(deadline, zone, reader, at),
        end=_end(deadline, zone, reader, at),
        how_counted_url=how_counted_url,
    )


# ------------------------------------------------------------------ what is owed
def label_of(deadline: Deadline, reader: Reader) -> str:
    """Which duty, and whose rule it is: the law's, or the house's own."""
    is_law = deadline.role == Deadline.Role.LAW and deadline.binds
    if reader is Reader.COMPLAINANT:
        duty = duty_to_you(deadline.duty)
        law = law_of(deadline)
        if is_law:
            return f"{duty} ({law})" if law else duty
        if deadline.duty == "cure":  # Their time, not a promise of the house.
            return duty
        return _("%(duty)s, our own promise") % {"duty": duty}
    duty = duty_name(deadline.duty)
    if deadline.role == Deadline.Role.TARGET:
        return _("%(duty)s, internal target") % {"duty": duty}
    if is_law:
        return _("%(duty)s, by law") % {"duty": duty}
    return _("%(duty)s, our own promise") % {"duty": duty}


def duty_to_you(duty: str) -> str:
    """What is owed by a limit, said to the person."""
    known = {
        "respond": _("Reasoned answer"),
        "first_answer": _("First word from us"),
        "carry_out_redress": _("What was agreed is carried out"),
        "cure": _("Your time to send what is missing"),
        "acknowledge": _("Receipt"),
    }.get(duty)
    if known:
        return known
    plain = word("duties", duty) if duty else _("Time limit")
    return plain[:1].upper() + plain[1:]


def law_of(deadline: Deadline) -> str:
    """The provision behind a limit; empty for the house's own."""
    return law_in_words(deadline.procedure_version_id, deadline.clock, spoken.language())


# ------------------------------------------------------------------ where it stands
def words_of(deadline: Deadline, zone: str, reader: Reader, *, at: datetime) -> str:
    """What the limit says now."""
    if deadline.state == Deadline.State.MET:
        return _met(deadline, zone, reader)
    if deadline.state in STANDS_STILL:
        return _("the clock stands still")
    if deadline.due_at is None:
        return ""
    if reader is Reader.COMPLAINANT:
        return _left_to_you(deadline, zone, at)
    if deadline.due_on is not None:
        return spoken.days_left(deadline.due_on, spoken.local_day(at, zone))
    return spoken.time_left(deadline.due_at, at)


def _met(deadline: Deadline, zone: str, reader: Reader) -> str:
    if reader is Reader.COMPLAINANT:
        if deadline.met_at is None:
            return ""
        return _("done on %(day)s") % {"day": spoken.day(spoken.local_day(deadline.met_at, zone))}
    return _("done late") if came_late(deadline) else _("done in time")


def came_late(deadline: Deadline) -> bool:
    """Whether what was owed was done after its end."""
    met, end = deadline.met_at, ends_at(deadline)
    return met is not None and end is not None and met > end


def finished_words(deadlines: Iterable[Deadline]) -> str:
    """How many limits are done with, and how many of them came late."""
    met = [one for one in deadlines if one.state == Deadline.State.MET]
    late = sum(came_late(one) for one in met)
    words = ngettext("%(number)s limit done", "%(number)s limits done", len(met)) % {
        "number": len(met)
    }
    if not late:
        return words
    return _("%(limits)s, %(number)s of them late") % {"limits": words, "number": late}


def _left_to_you(deadline: Deadline, zone: str, at: datetime) -> str:
    """To the person a delay is a day on which something should have happened, not a number."""
    assert deadline.due_at is not None  # noqa: S101 -- asked by whoever calls
    if deadline.due_at <= at:
        due = spoken.due(deadline.due_on, deadline.due_at, zone)
        return _("late since %(day)s") % {"day": due}
    if deadline.due_on is None:
        hours = max(int((deadline.due_at - at).total_seconds() // 3600), 0)
        return ngettext("%(number)s hour left", "%(number)s hours left", hours) % {"number": hours}
    days = (deadline.due_on - spoken.local_day(at, zone)).days
    if days == 0:
        return _("today is the last day")
    return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}


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


# ------------------------------------------------------------------ the drawing
def share_of(deadline: Deadline, at: datetime) -> int:
    """The share of the time that is used, in hundredths; half while no end is known."""
    if deadline.state == Deadline.State.MET:
        return 100
    return _share(deadline, at)


def _share(deadline: Deadline, at: datetime) -> int:
    if deadline.due_at is None:
        return 50
    whole = (deadline.due_at - deadline.starts_at).total_seconds()
    if whole <= 0:
        return 100
    return min(max(round((at - deadline.starts_at).total_seconds() * 100 / whole), 0), 100)


def pauses_of(
    deadline: Deadline, house: HouseRules, events: Sequence[DeadlineEvent], *, at: datetime
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
    """One pause on the rail; while no end is known, of the half that is drawn as used."""
    if deadline.due_at is None:
        gone = (begins - deadline.starts_at).total_seconds()
        stood = max((ends - deadline.starts_at).total_seconds(), 1)
        left = round(50 * gone / stood)
        return [Pause(left, 50 - left)] if left < 50 else []
    left, right = _share(deadline, begins), _share(deadline, ends)
    return [Pause(left, right - left)] if right > left else []


# ------------------------------------------------------------------ its two ends
def _start(deadline: Deadline, zone: str, reader: Reader, at: datetime) -> str:
    if reader is Reader.COMPLAINANT:
        return spoken.day(spoken.local_day(deadline.starts_at, zone))
    is_in_hours = deadline.due_on is None and deadline.due_at is not None
    return _short(deadline.starts_at, zone, at, with_hour=is_in_hours)


def _end(deadline: Deadline, zone: str, reader: Reader, at: datetime) -> str:
    if deadline.due_at is None and deadline.due_on is None:
        return ""
    if reader is Reader.COMPLAINANT:
        due = spoken.due(deadline.due_on, deadline.due_at, zone)
        return _("until %(day)s") % {"day": due}
    if deadline.due_on is not None:
        return spoken.short_day(deadline.due_on, today=spoken.local_day(at, zone))
    assert deadline.due_at is not None  # noqa: S101 -- one of the two is there
    return _short(deadline.due_at, zone, at, with_hour=True)


def _short(moment: datetime, zone: str, at: datetime, *, with_hour: bool) -> str:
    there = spoken.local(moment, zone)
    day = spoken.short_day(there.date(), today=spoken.local_day(at, zone))
    return f"{day}, {there:%H:%M}" if with_hour else day
