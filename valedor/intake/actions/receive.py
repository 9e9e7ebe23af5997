"""Register a contact: from a submission to a case with a reference, a receipt and running clocks.

Everything is composed first and written in one round trip (docs/decisions/0004-one-round-trip.md).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models

from valedor.casefile import letters, limits, timeline
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.at_once import at_once
from valedor.casefile.document_facts import DocumentKept, DocumentRefused
from valedor.casefile.limits.facts import as_told
from valedor.casefile.models import (
    Case,
    Deadline,
    Document,
    Grievance,
    Instance,
    Letter,
    Message,
    RefusedDocument,
    Stage,
)
from valedor.casefile.seats import BOTH_SIDES, EVERYONE
from valedor.casefile.viewing import Viewer
from valedor.foundation import chain, rows
from valedor.foundation.access_codes import access_code_for, digest_of
from valedor.foundation.ids import next_id
from valedor.foundation.references import reference_of
from valedor.intake import receipt, routing, sent_again
from valedor.intake.facts import Received
from valedor.intake.people_given import PeopleOfCase, people_of
from valedor.intake.sent_again import SentAgain
from valedor.intake.submission import Submission
from valedor.procedures.house_rules import HouseRules, house_rules

_NUMBERS = "SELECT nextval('valedor_case_numbers'), (SELECT number FROM people_configuration)"
_NUMBERS_OF_SEVERAL = f"{_NUMBERS} FROM generate_series(1, %s)"
_RAW = """
    UPDATE casefile_rawmessage
    SET case_id = %s, state = 'registered', token = coalesce(%s, token) WHERE id = %s
"""
_SEARCH = "INSERT INTO casefile_searchtext (case_id, words) VALUES (%s, valedor_words(%s, %s))"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A registered case, with the access code that is shown once and never stored."""

    case: Case
    access_code: str
    deadlines: tuple[Deadline, ...]
    documents: tuple[Document, ...]
    letter: Letter | None


def receive(
    submission: Submission,
    *,
    by: By | None = None,
    at: datetime,
    also: Callable[[Case], Iterable[rows.Statement]] = lambda _case: (),
    unless_sent_from: str = "",
) -> Registration:
    """Register a submission. ``at`` is when it is written down; clocks run from ``received_at``.

    The same token sent twice is registered once: the raw message's unique token stops the second,
    which raises ``IntegrityError`` and writes nothing. The very same content from one network
    address (``unless_sent_from``) within minutes raises ``SentAgain``. ``also`` gives the
    statements of the channel that hold or fall with the case.
    """
    author = by or (REPRESENTATIVE if submission.mandate else COMPLAINANT)
    content = sent_again.digest_of(submission, unless_sent_from) if unless_sent_from else b""
    asked, values = sent_again.asking(content, at=at) if content else ("''", [])
    with connection.cursor() as cursor:
        cursor.execute(f"{_NUMBERS}, {asked}", values)
        number, configuration, before = cursor.fetchone()
    if before:
        raise SentAgain(before)
    viewer = Viewer(entities=(submission.entity_id,), seats=EVERYONE)
    house = house_rules(submission.entity_id, configuration)
    composed = _compose(submission, house, number, author, at)
    case = composed.registration.case
    changes = [*composed.statements, *also(case)]
    if content:
        changes.append(sent_again.noting(content, reference=case.reference, at=at))
    at_once([rows.as_one(composed.made, also=changes)], viewer=viewer)
    return composed.registration


def receive_together(
    submissions: Sequence[Submission],
    *,
    by: By = COMPLAINANT,
    at: datetime,
    beside: Callable[[Submission, Case], Iterable[models.Model]] = lambda _submission, _case: (),
) -> list[Registration]:
    """Register several submissions of one entity, all of them or none, in the current transaction,
    whose viewer looks after it. ``beside`` gives the rows of the channel that go with a case.
    """
    if not submissions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS_OF_SEVERAL, [len(submissions)])
        drawn = cursor.fetchall()
    house = house_rules(submissions[0].entity_id, drawn[0][1])
    made: list[models.Model] = []
    changes: list[rows.Statement] = []
    registrations: list[Registration] = []
    for submission, (number, _configuration) in zip(submissions, drawn, strict=True):
        composed = _compose(submission, house, number, by, at)
        registrations.append(composed.registration)
        made += [*composed.made, *beside(submission, composed.registration.case)]
        changes += composed.statements
    # Equal statements next to each other go to the server as one.
    changes.sort(key=itemgetter(0))
    rows.send([*rows.together(made), *changes])
    return registrations


@dataclass
class _Composed:
    registration: Registration
    made: list[models.Model]
    statements: list[rows.Statement]


def _compose(
    submission: Submission, house: HouseRules, number: int, by: By, at: datetime
) -> _Composed:
    people = people_of(submission, house.entity, at=at)
    case = _case_of(submission, house, number, people, at)
    code = access_code_for(submission.token, key=settings.SECRET_KEY)
    case.access_code_digest = digest_of(code, key=settings.SECRET_KEY)
    instance = rows.fresh(
        Instance,
        case=case,
        entity_id=case.entity_id,
        kind=Instance.Kind.COMPANY,
        team_id=case.team_id,
        opened_at=submission.received_at,
    )
    deadlines = limits.begin(
        case, instance, house, starts_at=submission.received_at, registered_at=at
    )
    instance.procedure_versions = sorted(
        {deadline.procedure_version_id for deadline in deadlines if deadline.procedure_version_id}
    )
    case.next_due_at = limits.next_due(deadlines)
    grievances = [
        rows.fresh(
            Grievance,
            case=case,
            entity_id=case.entity_id,
            ordinal=ordinal,
            text=text,
            category_id=case.category_id,
            added_at=at,
        )
        for ordinal, text in enumerate(submission.grievances or (case.subject,), start=1)
    ]
    entry, content = timeline.compose(
        case,
        Received(
            kind_of_contact=case.kind,
            channel=case.channel,
            grievances=len(grievances),
            privacy_notice=submission.privacy_notice_id,
            raw=submission.raw_id,
            team=case.team_id,
            deadlines=as_told(deadlines),
            subject=case.subject,
            remedy_sought=case.remedy_sought,
        ),
        by=by,
        at=submission.received_at,
        recorded_at=at,
        body=submission.narrative,
        instance=instance,
    )
    message = rows.fresh(
        Message,
        case=case,
        entity_id=case.entity_id,
        entry=entry,
        direction=Message.Direction.IN,
        channel=case.channel,
        raw_id=submission.raw_id,
        at=submission.received_at,
    )
    filed = _documents_of(submission, case, by, at)
    letter = receipt.letter_of(case, house, people, deadlines, by=by, at=at)
    if letter is not None:
        letter.in_reply_to = submission.in_reply_to
    written: list[models.Model] = [
        *people.rows,
        case,
        instance,
        *grievances,
        *deadlines,
        entry,
        *([content] if content else []),
        message,
        *filed.rows,
        *([letter] if letter else []),
    ]
    statements: list[rows.Statement] = [
        (_SEARCH, [case.pk, case.language, _searchable(submission, people)]),
        # The receipt on paper is drawn up once: with the letter that carries it, else by itself.
        *(
            [*letters.delivery_of(letter), *timeline.told_outside(case, entry)]
            if letter
            else timeline.follow_up(case, entry)
        ),
    ]
    if submission.raw_id:
        statements.append((_RAW, [case.pk, submission.token or None, submission.raw_id]))
    registration = Registration(
        case=case,
        access_code=code,
        deadlines=tuple(deadlines),
        documents=tuple(filed.documents),
        letter=letter,
    )
    return _Composed(registration, written, statements)


def _case_of(
    submission: Submission, house: HouseRules, number: int, people: PeopleOfCase, at: datetime
) -> Case:
    year = submission.received_at.astimezone(ZoneInfo(house.entity.timezone)).year
    category = house.categories.get(submission.category_id or 0)
    facts = dict(category.facts) if category else {}
    return rows.fresh(
        Case,
        id=next_id(),
        entity=house.entity,
        seats=int(BOTH_SIDES),
        reference=reference_of(year, number),
        kind=submission.kind,
        channel=submission.channel,
        complainant=people.complainant,
        mandate=people.mandate,
        language=submission.language,
        answer_channel=submission.answer_channel,
        subject=submission.subject or subject_of(submission.narrative),
        remedy_sought=submission.remedy_sought,
        contract_number=submission.contract_number,
        category=category,
        area=category.area if category else None,
        facts=facts | dict(submission.facts),
        is_vulnerable=submission.is_vulnerable,
        touches_safety=submission.touches_safety,
        is_marked_abuse=submission.is_marked_abuse,
        privacy_notice_id=submission.privacy_notice_id,
        stage=Stage.RECEIVED,
        team=submission.team or routing.team_for(house, category),
        received_at=submission.received_at,
        received_precision=submission.received_precision,
        registered_at=at,
        last_hash=chain.FIRST,
    )


_GREETING = 16  # Characters: what is shorter says hello.


def subject_of(narrative: str, longest: int = 90) -> str:
    """A title for what has none: its first sentence that is more than a greeting, cut between
    words.
    """
    sentences = re.split(r"(?<=[.!?]) ", " ".join(narrative.split()))
    first = next((one for one in sentences if len(one) > _GREETING), sentences[0])
    if len(first) <= longest:
        return first.rstrip(" .!")
    return first[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@dataclass
class _Filed:
    documents: list[Document]
    rows: list[models.Model]


def _documents_of(submission: Submission, case: Case, by: By, at: datetime) -> _Filed:
    documents: list[Document] = []
    written: list[models.Model] = []
    for file in submission.documents:
        salt = chain.draw_salt()
        document = Document(
            case=case,
            entity_id=case.entity_id,
            side=Document.Side.COMPLAINANT,
            name=file.name,
            media_type=file.media_type,
            claimed_type=file.claimed_type,
            size=file.size,
            sha256=file.sha256,
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": file.sha256}),
            by_id=by.account_id,
            at=submission.received_at,
        )
        entry, content = timeline.compose(
            case,
            DocumentKept(
                document=document.pk,
                side=document.side,
                media_type=document.media_type,
                size=document.size,
                digest=bytes(document.salted_digest).hex(),
                name=document.name,
            ),
            by=by,
            at=submission.received_at,
            recorded_at=at,
        )
        document.entry = entry
        documents.append(document)
        written += [entry, *([content] if content else []), document]
    for refused in submission.refused:
        entry, content = timeline.compose(
            case,
            DocumentRefused(name=refused.name, reason=refused.reason, size=refused.size),
            by=by,
            at=submission.received_at,
            recorded_at=at,
        )
        written += [entry, *([content] if content else [])]
        written.append(
            RefusedDocument(
                case=case,
                entity_id=case.entity_id,
                name=refused.name,
                size=refused.size,
                reason=refused.reason,
                at=submission.received_at,
            )
        )
    return _Filed(documents, written)


def _searchable(submission: Submission, people: PeopleOfCase) -> str:
    """The words by which a case is found, besides its reference."""
    return "\n".join(
        part
        for part in (
            submission.subject,
            submission.narrative,
            submission.remedy_sought,
            *submission.grievances,
            submission.contract_number,
            *people.names,
        )
        if part
    )
