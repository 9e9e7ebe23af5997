"""The receipt: what somebody is told at once, with reference, hour and dates (ISO 10002, 7.3).

Composed inside registration, so it asks the database nothing. The PDF that goes with it is made by
the worker (``casefile.receipts``). The access code is never in it: a mailed link opens the case.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from valedor.casefile import letters
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Case, Deadline, Letter
from valedor.casefile.seats import Seat
from valedor.clocks.fresh import due_day
from valedor.foundation.spoken_dates import day_in_words, moment_in_words
from valedor.intake.people_given import PeopleOfCase
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_facts import later_bodies, law_in_words
from valedor.procedures.letter_templates import render

# Until when a receipt on paper should have left, where no rule says so.
_PAPER_LEAVES_WITHIN = timedelta(days=1)
# What the packs say that follows where silence is taken as a no.
_SILENCE_IS_NO = frozenset({"taken_as_rejected", "silence_is_refusal"})
_NEVER = datetime.max.replace(tzinfo=UTC)
_SHOWN_AT_ONCE = {
    Case.Channel.WEB_FORM,
    Case.Channel.CHAT,
    Case.Channel.SOCIAL,
    Case.Channel.API,
    Case.Channel.IMPORT,
}


def letter_of(
    case: Case,
    house: HouseRules,
    people: PeopleOfCase,
    deadlines: Sequence[Deadline],
    *,
    by: By,
    at: datetime,
) -> Letter | None:
    """The receipt of a case that is being registered, not written yet.

    By e-mail where the person has one and wants it, else to print and post or hand over. What is
    marked as abuse gets no automatic mail: its receipt waits for somebody to let it go. None where
    no wording is published, or where the receipt is on screen and the person gave no address.
    """
    template = house.letters.get("receipt")
    point = letters.way_to(case, people.points)
    if template is None or (point is None and case.channel in _SHOWN_AT_ONCE):
        return None
    acknowledge = next((one for one in deadlines if one.duty == "acknowledge"), None)
    subject, body = render(template, case.language, _values(case, house, people, deadlines))
    goes_at_once = letters.channel_of(point) != Case.Channel.LETTER
    due_at = acknowledge.due_at if acknowledge else None
    channel = None
    if point is None:
        channel = Case.Channel.IN_PERSON if case.channel == Case.Channel.IN_PERSON else None
    return letters.compose_letter(
        case,
        kind="receipt",
        subject=subject,
        body=body,
        at=at,
        by=by,
        recipient=people.recipient,
        contact_point=point,
        meets=acknowledge,
        with_receipt=True,
        due_at=due_at if goes_at_once else max(due_at or at, at + _PAPER_LEAVES_WITHIN),
        contents=tuple(template.contents),
        channel=channel,
        waits=case.is_marked_abuse,
    )


def _values(
    case: Case, house: HouseRules, people: PeopleOfCase, deadlines: Sequence[Deadline]
) -> dict[str, object]:
    language, zone = case.language, house.entity.timezone
    values = letters.frame_of(case, recipient=people.recipient)
    values |= {
        "received": moment_in_words(case.received_at, zone, language),
        "subject": case.subject or case.reference,
        "remedy": case.remedy_sought,
        "who_decides": case.team.name.in_language(language) if case.team else "",
        "later": [
            {"body": body}
            for body in later_bodies((one.procedure_version_id for one in deadlines), language)
        ],
    }
    values |= dates_of(deadlines, zone, language)
    if case.channel == Case.Channel.TELEPHONE:
        values |= _recording(case, house, deadlines)
    return values


def dates_of(deadlines: Sequence[Deadline], zone: str, language: str) -> dict[str, str]:
    """The dates that a person is told: the earliest that binds, and a stricter promise beside it.

    Where no law binds, the promise stands alone; the first answer is told where there is one.
    """
    told: dict[str, str] = {}
    deadlines = [one for one in deadlines if Seat.COMPLAINANT in Seat(one.seats)]
    answers = [one for one in deadlines if one.duty == "respond" and one.due_at]
    law = _earliest(one for one in answers if one.role == Deadline.Role.LAW and one.binds)
    promise = _earliest(one for one in answers if one.role != Deadline.Role.LAW or not one.binds)
    if law is not None:
        told["answer_by"] = _due(law, zone, language)
        told["answer_law"] = law_in_words(law.procedure_version_id, law.clock, language)
        if promise is not None and promise.due_at and law.due_at and promise.due_at < law.due_at:
            told["promise_by"] = _due(promise, zone, language)
    elif promise is not None:
        told["answer_by"] = _due(promise, zone, language)
    silence = _earliest(one for one in answers if _silence_rejects(one))
    if silence is not None:
        told["silence_means_no_after"] = _day_after(silence, zone, language)
    first = _earliest(one for one in deadlines if one.duty == "first_answer" and one.due_at)
    if first is not None:
        told["first_answer_by"] = _due(first, zone, language)
    return told


def _silence_rejects(deadline: Deadline) -> bool:
    """Whether the law takes silence beyond this limit as a no (electricity: RD 88/2026, 55.3)."""
    if deadline.procedure_version_id is None or deadline.role != Deadline.Role.LAW:
        return False
    clock = pack_of_version(deadline.procedure_version_id).clocks.get(deadline.clock)
    return clock is not None and not _SILENCE_IS_NO.isdisjoint(clock.if_missed)


def _day_after(deadline: Deadline, zone: str, language: str) -> str:
    if deadline.due_on is None:
        return _due(deadline, zone, language)
    return day_in_words(deadline.due_on + timedelta(days=1), language)


def _recording(case: Case, house: HouseRules, deadlines: Sequence[Deadline]) -> dict[str, str]:
    """That a recording of the call can be asked for, and until when a rule has it kept.

    In Spain calls are recorded with consent only (Ley 10/2025, art. 12.1); in Brazil they are, and
    kept 90 days (Decreto 11.034/2022, art. 12).
    """
    told: dict[str, str] = {}
    zone, calendar = ZoneInfo(house.entity.timezone), calendar_of(house)
    for version in {one.procedure_version_id for one in deadlines if one.procedure_version_id}:
        for clock in pack_of_version(version).clocks.values():
            if "how_to_get_recording" in clock.must_hold:
                told["recording"] = "yes"
            if clock.rule.kind == "retention" and "call" in clock.starts_on:
                until = due_day(clock.rule, case.received_at, calendar, zone)
                told |= {"recording": "yes", "recording_until": day_in_words(until, case.language)}
    return told


def _earliest(deadlines: Iterable[Deadline]) -> Deadline | None:
    return min(deadlines, key=lambda one: (one.due_at or _NEVER, one.pk), default=None)


def _due(deadline: Deadline, zone: str, language: str) -> str:
    if deadline.due_on is not None:
        return day_in_words(deadline.due_on, language)

    return moment_in_words(deadline.due_at, zone, language) if deadline.due_at else ""
