"""The journey of a case: what has happened, what happens with a date, what can still be done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import Case, Deadline, DeadlineEvent, Entry, Instance, Letter, Stage
from valedor.design.parts import JourneyStep, Pause, Rail, RailState
from valedor.handling.models import Response
from valedor.portal import ladder, spoken, telling
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.vocabulary_tables import word

# What of the timeline is a step of the way; the rest is correspondence and paper.
_ON_THE_WAY = {
    "case.cure_requested",
    "case.cured",
    "case.asked",
    "case.question_answered",
    "redress.offered",
    "redress.accepted",
    "redress.declined",
    "redress.carried_out",
    "case.extended",
    "case.delay_told",
    "case.answered",
    "case.answer_accepted",
    "case.contested",
    "case.withdrawn",
    "case.closed",
    "case.reopened",
    "case.measure_told",
    "case.next_step_opened",
    "review.opened",
    "review.begun",
}
_UNMET = {
    Deadline.State.RUNNING,
    Deadline.State.PAUSED,
    Deadline.State.HELD,
    Deadline.State.MISSED,
}


def rails_of(
    deadlines: Iterable[Deadline],
    house: HouseRules,
    case: Case,
    *,
    at: datetime,
    events: Mapping[int, Sequence[DeadlineEvent]] | None = None,
) -> list[Rail]:
    """A rail for each limit that waits for the house, the earliest that binds first."""
    waiting = told(deadlines)
    return [
        rail_of(deadline, house, case, at=at, events=(events or {}).get(deadline.pk, ()))
        for deadline in waiting
    ]


def told(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The unmet limits that a person is told of: what binds, and promises that are stricter."""
    waiting = [
        deadline
        for deadline in deadlines
        if deadline.state in _UNMET and deadline.duty != "acknowledge"
    ]
    binding = {
        duty: min(one.due_at for one in waiting if one.duty == duty and one.binds and one.due_at)
        for duty in {one.duty for one in waiting if one.binds and one.due_at}
    }
    stricter = [
        one
        for one in waiting
        if one.binds
        or one.due_at is None
        or one.duty not in binding
        or one.due_at < binding[one.duty]
    ]
    return sorted(stricter, key=_order)


def _order(deadline: Deadline) -> tuple[bool, bool, float]:
    due = deadline.due_at.timestamp() if deadline.due_at else float("inf")
    return (deadline.duty != "respond", not deadline.binds, due)


def rail_of(
    deadline: Deadline,
    house: HouseRules,
    case: Case,
    *,
    at: datetime,
    events: Sequence[DeadlineEvent] = (),
) -> Rail:
    """One limit as the time rail draws it."""
    zone = house.entity.timezone
    due = spoken.due(deadline.due_on, deadline.due_at, zone)
    return Rail(
        label=_label(deadline),
        words=_words(deadline, due, zone, at),
        state=_state(deadline, at),
        share_gone=_share(deadline.starts_at, deadline.due_at, at),
        pauses=_pauses(deadline, house, events, at),
        start=spoken.day(spoken.local_day(deadline.starts_at, zone), with_weekday=False),
        end=_("until %(day)s") % {"day": due} if due else "",
        how_counted_url=reverse(
            "portal:counting", args=[house.entity.key, case.reference, deadline.pk]
        ),
    )


def _label(deadline: Deadline) -> str:
    duty = {
        "respond": _("Reasoned answer"),
        "first_answer": _("First word from us"),
        "carry_out_redress": _("What was agreed is carried out"),
        "cure": _("Your time to send what is missing"),
        "acknowledge": _("Receipt"),
    }.get(deadline.duty) or _duty_words(deadline.duty)
    law = law_in_words(deadline.procedure_version_id, deadline.clock, spoken.language())
    if deadline.role == Deadline.Role.LAW and deadline.binds:
        return f"{duty} ({law})" if law else duty
    return _("%(duty)s, our own promise") % {"duty": duty}


def _duty_words(duty: str) -> str:
    known = word("duties", duty) if duty else _("Time limit")
    return known[:1].upper() + known[1:]


def _words(deadline: Deadline, due: str, zone: str, at: datetime) -> str:
    if deadline.state == Deadline.State.MET and deadline.met_at:
        return _("done on %(day)s") % {
            "day": spoken.day(spoken.local_day(deadline.met_at, zone), with_weekday=False)
        }
    if deadline.state in {Deadline.State.PAUSED, Deadline.State.HELD}:
        return _("the clock stands still")
    if deadline.due_at is None:
        return ""
    if deadline.due_at <= at:
        return _("late since %(day)s") % {"day": due}
    if deadline.due_on is None:
        hours = max(int((deadline.due_at - at).total_seconds() // 3600), 0)
        return ngettext("%(number)s hour left", "%(number)s hours left", hours) % {"number": hours}
    days = (deadline.due_on - spoken.local_day(at, zone)).days
    if days == 0:
        return _("today is the last day")
    return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}


def _state(deadline: Deadline, at: datetime) -> RailState:
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


def _share(start: datetime, due: datetime | None, at: datetime) -> int:
    if due is None:
        return 50
    whole = (due - start).total_seconds()
    if whole <= 0:
        return 100
    return min(max(round((at - start).total_seconds() * 100 / whole), 0), 100)


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
    due = deadline.due_at
    if due is None:
        gone = (begins - deadline.starts_at).total_seconds()
        stood = max((ends - deadline.starts_at).total_seconds(), 1)
        left = round(50 * gone / stood)
        return [Pause(left, 50 - left)] if left < 50 else []
    left, right = _share(deadline.starts_at, due, begins), _share(deadline.starts_at, due, ends)
    return [Pause(left, right - left)] if right > left else []


# ------------------------------------------------------------------ the way
def journey_of(
    case: Case,
    house: HouseRules,
    entries: Sequence[Entry],
    deadlines: Sequence[Deadline],
    instances: Sequence[Instance],
    letters: Sequence[Letter],
    responses: Sequence[Response],
    *,
    events: Mapping[int, Sequence[DeadlineEvent]],
    at: datetime,
) -> list[JourneyStep]:
    """The whole way of a case, from its registration to the courts."""
    links = [house.entity.key, case.reference]
    steps = [
        JourneyStep(
            state="done",
            title=_("Registered"),
            when=spoken.moment(case.received_at, house.entity.timezone),
            at=case.received_at.isoformat(),
            words=_("You got a receipt at once."),
            url=reverse("portal:receipt", args=links),
            link=_("Fetch it"),
        )
    ]
    of_response = {response.pk: response.letter_id for response in responses}
    known = {letter.pk for letter in letters}
    for entry in entries:
        if entry.kind in _ON_THE_WAY:
            letter_id = entry.particulars.get("letter") or of_response.get(
                entry.particulars.get("response")
            )
            has_letter = letter_id in known and entry.kind != "case.answer_accepted"
            steps.append(_done(entry, house, links, letter_id if has_letter else None))
    steps += _now(case, house, deadlines, instances, events, at)
    return [*steps, *_to_come(case, house, instances)]


def _done(entry: Entry, house: HouseRules, links: list[str], letter_id: int | None) -> JourneyStep:
    local = entry.at.astimezone(ZoneInfo(house.entity.timezone))
    return JourneyStep(
        state="done",
        title=telling.title_of(entry),
        when=spoken.day(local.date(), with_weekday=False),
        at=entry.at.isoformat(),
        url=reverse("portal:letter", args=[*links, letter_id]) if letter_id else "",
        link=_("Read the letter") if letter_id else "",
    )


def _now(
    case: Case,
    house: HouseRules,
    deadlines: Sequence[Deadline],
    instances: Sequence[Instance],
    events: Mapping[int, Sequence[DeadlineEvent]],
    at: datetime,
) -> list[JourneyStep]:
    if case.closed_at is not None or not instances:
        return []
    instance = next((one for one in reversed(instances) if one.closed_at is None), instances[-1])
    first = None if case.stage == Stage.ANSWERED else next(iter(told(deadlines)), None)
    rail = rail_of(first, house, case, at=at, events=events.get(first.pk, ())) if first else None
    return [
        JourneyStep(
            state="now",
            title=stage_words(case, instance),
            when=_("since %(day)s")
            % {
                "day": spoken.day(
                    spoken.local_day(instance.opened_at, house.entity.timezone),
                    with_weekday=False,
                )
            },
            rail=rail,
            words=_what_now(case),
        )
    ]


def stage_words(case: Case, instance: Instance | None) -> str:
    """Where the case is now, in a few plain words."""
    if instance is not None and instance.kind == Instance.Kind.REVIEW:
        return _("Somebody else takes a second look")
    if instance is not None and instance.kind != Instance.Kind.COMPANY:
        name = word("instances", instance.kind)
        return _("With %(body)s") % {"body": name}
    words = {
        Stage.RECEIVED: _("We have it and somebody will take it on"),
        Stage.INCOMPLETE: _("We wait for what is missing"),
        Stage.ASSESSED: _("Somebody looks into it"),
        Stage.INVESTIGATION: _("We look into it, with what both sides say"),
        Stage.AWAITING_COMPLAINANT: _("We wait for your answer to a question"),
        Stage.DECIDED: _("We write the answer"),
        Stage.ANSWERED_NOT_SENT: _("We write the answer"),
        Stage.ANSWERED: _("It is your turn: the answer has been sent"),
        Stage.CONTESTED: _("Somebody else takes a second look"),
        Stage.CLOSED: _("Closed"),
    }
    return words[Stage(case.stage)]


def _what_now(case: Case) -> str:
    if case.stage == Stage.ANSWERED:
        return _("You can accept the answer, say that you do not agree, or turn to somebody else.")
    if case.stage == Stage.AWAITING_COMPLAINANT:
        return _("Answer below; where the rules allow it, the clock stands still meanwhile.")
    if case.stage == Stage.INCOMPLETE:
        return _("Send it below; your answer is counted from then.")
    return ""


def _to_come(case: Case, house: HouseRules, instances: Sequence[Instance]) -> list[JourneyStep]:
    steps = []
    answered = case.stage in {Stage.ANSWERED, Stage.CLOSED}
    if not answered:
        steps.append(
            JourneyStep(
                state="ahead",
                title=_("A reasoned answer"),
                words=_("To every point, and what we do to put it right."),
            )
        )
    if not any(one.kind == Instance.Kind.REVIEW for one in instances):
        steps.append(
            JourneyStep(
                state="ahead",
                title=_("If it does not convince you"),
                words=_("Somebody else in the house takes a second look, free of charge."),
            )
        )
    names = "; ".join(rung.plain for rung in ladder.ladder_of(house))
    steps.append(
        JourneyStep(
            state="ahead",
            title=_("If you still do not agree, or nobody answers"),
            words=_("%(bodies)s. Complaining here has taken nothing away from you.")
            % {"bodies": names[:1].upper() + names[1:]},
            url=reverse("portal:entity", args=[house.entity.key]) + "#ladder",
            link=_("What each costs, how long it takes, whom it binds"),
        )
    )
    return steps


def ahead(
    deadlines: Sequence[Deadline], house: HouseRules, case: Case, *, at: datetime
) -> list[JourneyStep]:
    """The way of a case that was registered a moment ago."""
    zone = house.entity.timezone
    steps = [
        JourneyStep(
            state="now",
            title=_("Today"),
            words=_("You have this receipt, with the reference and the access code."),
        )
    ]
    said: set[str] = set()
    waiting = [one for one in told(deadlines) if one.due_at is not None]
    titles = {
        "first_answer": _("A first word from us"),
        "respond": _("A reasoned answer to every point"),
    }
    for deadline in sorted(waiting, key=lambda one: (one.duty == "respond", not one.binds)):
        if deadline.duty in titles and deadline.duty not in said:
            said.add(deadline.duty)
            steps.append(
                JourneyStep(
                    state="plain",
                    title=titles[deadline.duty],
                    when=_("at the latest on %(day)s")
                    % {"day": spoken.due(deadline.due_on, deadline.due_at, zone)},
                    at=spoken.machine(deadline.due_on, deadline.due_at),
                )
            )
    names = [rung.plain for rung in ladder.ladder_of(house)]
    steps.append(
        JourneyStep(
            state="ahead",
            title=_("If it does not convince you, or nobody answers"),
            words=_("A second look by somebody else") + "".join(f"; {name}" for name in names),
        )
    )
    return steps
