"""The way of a case: what has happened, what happens with a date, what can still be done."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Deadline, Entry, Instance, Stage
from valedor.design.parts import JourneyStep
from valedor.portal import ladder
from valedor.portal.days import rail_of, told
from valedor.portal.queries import CaseFile
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken
from valedor.telling.entries import sentence_of
from valedor.telling.reader import Reader
from valedor.telling.stages import stage_of, what_now

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
    "case.kind_changed",
    "booking.made",
    "booking.moved",
    "booking.cancelled",
    "booking.kept",
    "booking.missed",
    "order.placed",
    "order.confirmed",
    "order.preparing",
    "order.fulfilled",
    "order.cancelled",
    "case.closed",
    "case.reopened",
    "case.measure_told",
    "case.next_step_opened",
    "review.opened",
    "review.begun",
}
# Since when a case stands where it stands: the last line of this kind.
_BROUGHT_IT_HERE = {
    Stage.INCOMPLETE: "case.cure_requested",
    Stage.AWAITING_COMPLAINANT: "case.asked",
    Stage.ANSWERED: "case.answered",
}


def way_of(file: CaseFile, house: HouseRules, *, at: datetime) -> list[JourneyStep]:
    """The whole way of a case, from its registration to the courts."""
    case, links = file.case, [house.entity.key, file.case.reference]
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
    of_response = {response.pk: response.letter_id for response in file.answers}
    known = {letter.pk for letter in file.letters}
    for entry in file.entries:
        if entry.kind in _ON_THE_WAY:
            letter_id = entry.particulars.get("letter") or of_response.get(
                entry.particulars.get("response")
            )
            has_letter = letter_id in known and entry.kind != "case.answer_accepted"
            steps.append(_done(entry, house, links, letter_id if has_letter else None))
    if case.closed_at is None:
        steps.append(_now(file, house, at))
    return [*steps, *_to_come(file, house)]


def _done(entry: Entry, house: HouseRules, links: list[str], letter_id: int | None) -> JourneyStep:
    return JourneyStep(
        state="done",
        title=sentence_of(entry, Reader.COMPLAINANT),
        when=spoken.day(spoken.local_day(entry.at, house.entity.timezone)),
        at=entry.at.isoformat(),
        url=reverse("portal:letter", args=[*links, letter_id]) if letter_id else "",
        link=_("Read the letter") if letter_id else "",
    )


def _now(file: CaseFile, house: HouseRules, at: datetime) -> JourneyStep:
    case = file.case
    waits_for_house = case.stage != Stage.ANSWERED
    first = next(iter(told(file.deadlines)), None) if waits_for_house else None
    since = spoken.day(spoken.local_day(_since(file), house.entity.timezone))
    return JourneyStep(
        state="now",
        title=stands_at(file),
        when=_("since %(day)s") % {"day": since},
        rail=rail_of(first, file, house, at=at) if first else None,
        words="" if _has_accepted(file) or file.state.is_decided_outside else what_now(case),
    )


def _since(file: CaseFile) -> datetime:
    """When the case came to where it stands."""
    kind = _BROUGHT_IT_HERE.get(Stage(file.case.stage))
    last = next((one for one in reversed(file.entries) if one.kind == kind), None)
    return last.at if last is not None else file.state.instance.opened_at


def _to_come(file: CaseFile, house: HouseRules) -> list[JourneyStep]:
    steps = []
    if file.case.stage not in {Stage.ANSWERED, Stage.CLOSED}:
        steps.append(
            JourneyStep(
                state="ahead",
                title=_("A reasoned answer"),
                words=_("To every point, and what we do to put it right."),
            )
        )
    if not any(one.kind == Instance.Kind.REVIEW for one in file.state.instances):
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
            url=reverse("portal:further", args=[house.entity.key, file.case.reference]),
            link=_("What each costs, how long it takes, whom it binds"),
        )
    )
    return steps


def way_ahead(deadlines: Sequence[Deadline], house: HouseRules) -> list[JourneyStep]:
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


def stands_at(file: CaseFile) -> str:
    """The stage of the case as the page's first line says it: a body outside the house that has it
    comes before whoever answered here.
    """
    outside = [
        one
        for one in file.state.instances
        if one.kind in Instance.OUTSIDE and one.closed_at is None
    ]
    if not outside and file.case.closed_at is None:
        if file.state.is_decided_outside:
            return _("Decided for both sides")
        if _has_accepted(file):
            return _("You have accepted the answer")
    reached = outside[-1] if outside else file.state.instance
    return stage_of(file.case, reached, Reader.COMPLAINANT)


def _has_accepted(file: CaseFile) -> bool:
    last = file.answers[-1] if file.answers else None
    return file.case.stage == Stage.ANSWERED and last is not None and last.accepted_at is not None
