"""The letter to somebody whose answer is late: the limit passed, these doors are open, no right is
lost.

Written by the sweep for many cases at once, in the transaction that finds the limit passed
(ISO 10002, 7.3; in Spain Ley 7/2017, art. 40.3, which has the company name the bodies of dispute
resolution when it has not answered).
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import override

from valedor.bodies.finding import Dispute
from valedor.casefile import letters
from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Case, Deadline, Entry, Instance, Letter
from valedor.clocks.fresh import due_day
from valedor.clocks.limits import Unit
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling import next_steps, outgoing
from valedor.handling.going_further import ways_from_the_complaint
from valedor.handling.who_hears import dispute_of, disputes_of, named_in_a_letter
from valedor.people.models import ContactPoint, Mandate, Person
from valedor.procedures.applicable import own_rule
from valedor.procedures.bodies import in_order, with_the_courts
from valedor.procedures.house_rules import HouseRules, configuration_number, house_rules
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.letter_templates import render
from valedor.procedures.letter_wording import WordingError

logger = logging.getLogger(__name__)

KIND = "no_answer_in_time"


@dataclass(frozen=True)
class Silence:
    """A legal limit of the answer that passed just now, and the line that tells of it."""

    case: Case
    deadline: Deadline
    entry: Entry


@dataclass(frozen=True)
class Doors:
    """The bodies that are open to the person now, and those that open on a later day."""

    now: tuple[str, ...]
    later: tuple[tuple[datetime, str], ...]


def letters_of(silences: Sequence[Silence], *, at: datetime) -> dict[int, Letter | None]:
    """The letter of each case, by its deadline, none of them written yet. A few queries for all.

    There is none for an anonymous case, nor for one that was late already in the register that it
    was imported from. None as the letter of a deadline says that the house's own wording could not
    be filled in: somebody has to write.
    """
    told = [one for one in silences if not _was_late_elsewhere(one)]
    if not told:
        return {}
    people = _addressees([one.case for one in told])
    points = _points_of({person.pk for person in people.values()})
    instances = Instance.objects.in_bulk([one.deadline.instance_id for one in told])
    answers = _answers_of(instances)
    number = configuration_number()
    disputes = _disputes_of([one.case for one in told], number)
    found: dict[int, Letter | None] = {}
    for one in told:
        person = people.get(one.case.pk)
        house = house_rules(one.case.entity_id, number)
        if person is None or KIND not in house.letters:
            continue
        instance = instances[one.deadline.instance_id]
        doors = doors_of(instance, answers.get(instance.pk, ()), one.case, house, at=at)
        point = letters.way_to(one.case, points.get(person.pk, []))
        dispute = disputes[one.case.pk]
        found[one.deadline.pk] = _letter(one, person, point, doors, dispute, house, at=at)
    return found


def _was_late_elsewhere(one: Silence) -> bool:
    due_at = one.deadline.due_at
    return bool(one.case.source) and due_at is not None and due_at <= one.case.registered_at


def _addressees(cases: Sequence[Case]) -> dict[int, Person]:
    """Whoever speaks for the person, else the person, by case."""
    spoken_for = {one.mandate_id for one in cases if one.mandate_id}
    mandates = Mandate.objects.select_related("representative").in_bulk(spoken_for)
    people = Person.objects.in_bulk(
        {one.complainant_id for one in cases if one.complainant_id and not one.mandate_id}
    )
    found = {
        one.pk: mandates[one.mandate_id].representative
        if one.mandate_id
        else people.get(one.complainant_id)
        for one in cases
    }
    return {key: person for key, person in found.items() if person is not None}


def _disputes_of(cases: Sequence[Case], number: int) -> dict[int, Dispute]:
    """What decides who hears each case: whoever speaks for the person, it is the person's place."""
    found: dict[int, Dispute] = {}
    for entity_id in {case.entity_id for case in cases}:
        mine = [case for case in cases if case.entity_id == entity_id]
        house = house_rules(entity_id, number)
        people = {case.complainant_id for case in mine if case.complainant_id}
        by_person = disputes_of(house, people)
        nowhere = dispute_of(house, None)
        found |= {case.pk: by_person.get(case.complainant_id or 0, nowhere) for case in mine}
    return found


def _points_of(people: Iterable[int]) -> dict[int, list[ContactPoint]]:
    found: dict[int, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(person__in=people, ended_at=None).order_by("-pk"):
        found.setdefault(point.person_id, []).append(point)
    return found


def _answers_of(instances: Iterable[int]) -> dict[int, list[Deadline]]:
    """The limits of the answer that the law sets before each instance."""
    found: dict[int, list[Deadline]] = {}
    for deadline in Deadline.objects.filter(
        instance__in=instances, duty="respond", role=Deadline.Role.LAW
    ).only("instance", "procedure_version", "due_at"):
        found.setdefault(deadline.instance_id, []).append(deadline)
    return found


def doors_of(
    instance: Instance,
    answers: Iterable[Deadline],
    case: Case,
    house: HouseRules,
    *,
    at: datetime,
) -> Doors:
    """Which bodies silence opens, each from its day on.

    A door of a regime that says "no answer in time" opens with that regime's own limit; one that
    says "a month without answer" (Ley 7/2017, art. 18.1.a) the day after that month.
    """
    ends = {one.procedure_version_id: one.due_at for one in answers}
    opens: dict[str, datetime] = {}
    for version, door in next_steps.doors_of(instance, house):
        moments = []
        if "any_time" in door.when:
            moments.append(at)
        if "no_answer_in_term" in door.when and (end := ends.get(version, at)):
            moments.append(end)
        if "month_without_answer" in door.when:
            moments.append(month_after(case.received_at, house))
        for body in door.to if moments else ():
            opens[body] = min(*moments, opens.get(body, moments[0]))
    now = with_the_courts({body for body, moment in opens.items() if moment <= at})
    later = [(opens[body], body) for body in in_order(opens) if opens[body] > at]
    return Doors(now, tuple(sorted(later, key=lambda one: one[0])))


def month_after(start: datetime, house: HouseRules) -> datetime:
    """The moment at which a month without an answer is over: the beginning of the day after it."""
    zone = ZoneInfo(house.entity.timezone)
    last = due_day(own_rule(1, Unit.MONTHS), start, calendar_of(house), zone)
    return datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)


def _letter(
    one: Silence,
    person: Person,
    point: ContactPoint | None,
    doors: Doors,
    dispute: Dispute,
    house: HouseRules,
    *,
    at: datetime,
) -> Letter | None:
    case, deadline, language = one.case, one.deadline, one.case.language
    zone = ZoneInfo(house.entity.timezone)
    facts = {**house.entity.facts, **case.facts}
    ways = next_steps.first_of(ways_from_the_complaint(house, facts, filed_at=case.received_at))
    values = letters.frame_of(case, recipient=person) | {
        "due": outgoing.last_day(deadline.due_at, house, language),
        "law": law_in_words(deadline.procedure_version_id, deadline.clock, language),
        "next_steps": [
            next_steps.row_of(body, house, language, ways)
            | {"where": named_in_a_letter(body, dispute, house, language, at=at)}
            for body in doors.now
        ],
        "later_steps": [
            next_steps.row_of(body, house, language)
            | {"day": day_in_words(moment.astimezone(zone).date(), language)}
            for moment, body in doors.later
        ],
        "participation": next_steps.participation_of(house, facts, language, at=at),
    }
    template = house.letters[KIND]
    try:
        with override(language):
            subject, body = render(template, language, values)
    except WordingError:
        logger.exception("a wording cannot be filled in", extra={"letter": KIND, "case": case.pk})
        return None
    return letters.compose_letter(
        case,
        kind=KIND,
        subject=subject,
        body=body,
        at=at,
        recipient=person,
        contact_point=point,
        due_at=at + timedelta(days=1),
        contents=tuple(template.contents),
        waits=case.is_marked_abuse,
    )
