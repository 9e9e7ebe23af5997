"""Bring something to the ombudsman: the company's case, or what somebody says first-hand.

The file is registered at once, under a number of the office's own, and the person gets a receipt
and an access code. The company learns nothing of it until the office addresses it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, models

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.documents import Kept, add_document
from valedor.casefile.limits.begin import record_begun, refresh_next_due
from valedor.casefile.models import (
    Case,
    Deadline,
    Document,
    Grievance,
    Instance,
    Kind,
    RawMessage,
    Stage,
)
from valedor.casefile.seats import OFFICE_FILE
from valedor.foundation import chain, rows
from valedor.foundation.access_codes import access_code_for, digest_of
from valedor.foundation.ids import next_id
from valedor.foundation.moments import local_day
from valedor.foundation.references import reference_of
from valedor.foundation.refusals import refuse_if
from valedor.foundation.spoken_dates import day_in_words, moment_in_words
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.queries import case_state
from valedor.intake.actions.receive import subject_of
from valedor.intake.people_given import people_of
from valedor.intake.submission import Submission
from valedor.people.models import Entity, Mandate, Person, Team
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.review.office import letters, rules
from valedor.review.office.access import at_both_tables
from valedor.review.office.door import door_of
from valedor.review.office.facts import Brought
from valedor.review.office.models import Proceeding
from valedor.review.office.queries import brought_last, office_of

_NUMBER = "SELECT nextval('valedor_office_numbers')"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A file of the office, with the access code that is shown once."""

    file: Case
    proceeding: Proceeding
    access_code: str


def bring(
    case: Case,
    *,
    text: str,
    by: By,
    at: datetime,
    documents: Sequence[Kept] = (),
    points: Sequence[str] = (),
    token: str = "",
) -> Filed:
    """Take a case of the company to the ombudsman, with what the person says to it. Raises
    ``Refused``.

    ``points`` are those that the person does not accept; without any, those of the case. ``token``
    is the secret of the form that it came with: sent twice, it has the same access code.
    """
    with at_both_tables(case.entity_id):
        case = Case.objects.select_related(
            "entity", "complainant", "mandate__representative"
        ).select_for_update(of=("self",)).get(pk=case.pk)  # fmt: skip
        state = case_state(case)
        door = door_of(state, list(Deadline.objects.filter(case=case)), at=at)
        refuse_if(
            rules.why_not_bring(
                case,
                door,
                has_office=office_of(state.house, at=at) is not None,
                before=brought_last(case),
            )
        )
        refuse_if(rules.why_not_first_hand(has_office=True, text=text))
        given = [one.strip() for one in points if one.strip()]
        return _file(
            state.house,
            person=case.complainant,
            mandate=case.mandate,
            language=case.language,
            answer_channel=case.answer_channel,
            kind=Kind(case.kind),
            channel=Case.Channel.WEB_FORM,
            subject=case.subject,
            text=text,
            points=given or [one.text for one in state.grievances],
            about=case,
            ground=door.ground,
            facts={**case.facts, "complained_to_company_first": True},
            is_vulnerable=case.is_vulnerable,
            is_protected=case.is_protected,
            documents=documents,
            token=token,
            by=by,
            at=at,
        )


def bring_first_hand(
    submission: Submission,
    *,
    by: By,
    at: datetime,
    also: Callable[[Case], Iterable[rows.Statement]] = lambda _file: (),
) -> Filed:
    """Criticism, a suggestion or a complaint that somebody brings straight to the office. What it
    came with becomes a part of the file, and what ``also`` gives is written with it.

    Raises ``Refused``, and ``IntegrityError`` for a form that was sent before.
    """
    with at_both_tables(submission.entity_id):
        house = house_rules(submission.entity_id)
        refuse_if(
            rules.why_not_first_hand(
                has_office=office_of(house, at=at) is not None, text=submission.narrative
            )
        )
        people = people_of(submission, house.entity, at=at)
        rows.write(people.rows)
        filed = _file(
            house,
            person=people.complainant,
            mandate=people.mandate,
            language=submission.language,
            answer_channel=submission.answer_channel,
            kind=submission.kind,
            channel=submission.channel,
            subject=submission.subject or subject_of(submission.narrative),
            text=submission.narrative,
            points=submission.grievances
            or (submission.subject or subject_of(submission.narrative),),
            about=None,
            ground=Proceeding.Ground.FIRST_HAND,
            facts={},
            is_vulnerable=submission.is_vulnerable,
            is_protected=False,
            documents=(),
            token=submission.token,
            by=by,
            at=at,
        )
        if submission.raw_id is not None:
            RawMessage.objects.filter(pk=submission.raw_id).update(
                case=filed.file, state=RawMessage.State.REGISTERED, token=submission.token or None
            )
        rows.send(also(filed.file))
        return filed


def _file(
    house: HouseRules,
    *,
    person: Person | None,
    mandate: Mandate | None,
    language: str,
    answer_channel: str,
    kind: Kind,
    channel: str,
    subject: str,
    text: str,
    points: Sequence[str],
    about: Case | None,
    ground: str,
    facts: dict[str, object],
    is_vulnerable: bool,
    is_protected: bool,
    documents: Sequence[Kept],
    token: str,
    by: By,
    at: datetime,
) -> Filed:
    entity = house.entity
    code = access_code_for(token, key=settings.SECRET_KEY)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER)
        number = cursor.fetchone()[0]
    file = Case(
        id=-next_id(),
        entity=entity,
        seats=int(OFFICE_FILE),
        reference=reference_of(local_day(at, entity.timezone).year, number),
        access_code_digest=digest_of(code, key=settings.SECRET_KEY),
        kind=kind,
        channel=channel,
        complainant=person,
        mandate=mandate,
        language=language,
        answer_channel=answer_channel,
        subject=subject,
        facts=facts,
        is_vulnerable=is_vulnerable,
        is_protected=is_protected,
        stage=Stage.RECEIVED,
        team=_office_team(entity),
        received_at=at,
        registered_at=at,
        last_hash=chain.FIRST,
    )
    instance = Instance(
        case=file,
        entity_id=entity.pk,
        seats=file.seats,
        kind=Instance.Kind.OMBUDSMAN,
        team_id=file.team_id,
        opened_at=at,
    )
    deadlines = _limits(file, instance, house, at=at)
    proceeding = Proceeding(
        case=file, entity_id=entity.pk, about=about, ground=ground, brought_at=at
    )
    written: list[models.Model] = [file, instance]
    written += [
        Grievance(
            case=file,
            entity_id=entity.pk,
            seats=file.seats,
            ordinal=ordinal,
            text=point,
            added_at=at,
        )
        for ordinal, point in enumerate(points, start=1)
    ]
    rows.write([*written, *deadlines, proceeding])
    letter = letters.write(
        file, house, letters.RECEIVED, _places(file, house, about, deadlines, at=at), by=by, at=at
    )
    entry = timeline.record(
        file,
        Brought(
            ground=str(ground),
            about=about.reference if about else "",
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=text,
        instance=instance,
    )
    letters.keep_in(file, entry, channel=channel, at=at)
    if deadlines:
        record_begun(file, instance, deadlines, by=by, at=at)
    for kept in documents:
        add_document(
            file, kept, side=Document.Side.COMPLAINANT, by=by, at=at, seats=OFFICE_FILE,
            instance=instance,
        )  # fmt: skip
    refresh_next_due(file)
    raise_alarm(file, Alarm.Cause.PERSON_WROTE, at=at)
    return Filed(file=file, proceeding=proceeding, access_code=code)


def _office_team(entity: Entity) -> Team | None:
    found = entity.teams.filter(is_active=True, purpose=Team.Purpose.OMBUDSMAN)
    return found.order_by("pk").first()


# Clocks that begin with the file; the others begin when it is complete (``admit``).
AT_THE_DOOR = frozenset({"admit", "acknowledge"})


def _limits(file: Case, instance: Instance, house: HouseRules, *, at: datetime) -> list[Deadline]:
    begun = limits.begin(file, instance, house, starts_at=at, registered_at=at)
    at_the_door = [one for one in begun if one.duty in AT_THE_DOOR]
    for deadline in at_the_door:
        deadline.seats = file.seats
        if deadline.duty == "acknowledge":
            deadline.state, deadline.met_at = Deadline.State.MET, at
            deadline.next_look_at = None
    instance.procedure_versions = sorted(
        {one.procedure_version_id for one in begun if one.procedure_version_id}
    )
    return at_the_door


def _places(
    file: Case,
    house: HouseRules,
    about: Case | None,
    deadlines: Sequence[Deadline],
    *,
    at: datetime,
) -> dict[str, str]:
    admit = next((one for one in deadlines if one.duty == "admit" and one.due_on), None)
    return {
        "received": moment_in_words(at, house.entity.timezone, file.language),
        "about": about.reference if about else "",
        "admit_by": day_in_words(admit.due_on, file.language) if admit and admit.due_on else "",
    }
