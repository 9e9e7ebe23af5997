"""Both sides are heard: asked, answering, shown what the other said; experts, too."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.documents import FileRefused, Kept, add_document, note_refused
from valedor.casefile.models import Case, Document, Instance
from valedor.casefile.seats import OFFICE_FILE, Seat
from valedor.foundation.moments import last_day
from valedor.foundation.refusals import refuse_if
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.models import Alarm
from valedor.handling.office import ANSWER_THE_OFFICE
from valedor.handling.standing import viewer_for
from valedor.review.office import addressing, letters, rules
from valedor.review.office.actions.admit import back_from_the_company, complete
from valedor.review.office.actions.common import begun, in_the_office
from valedor.review.office.facts import (
    INSIDE,
    OfficeAnswered,
    PersonSaid,
    StatementAsked,
    StatementGiven,
    StatementShown,
    WrittenToPerson,
)
from valedor.review.office.models import Hearing, Proceeding, Statement
from valedor.review.office.queries import FileState

Side = Statement.Side
State = Proceeding.State


@in_the_office
def ask(
    file: Case,
    *,
    side: Statement.Side,
    text: str,
    answer_by: datetime,
    by: By,
    at: datetime,
    whom: str = "",
    is_official: bool = False,
) -> Statement:
    """Ask one side, an expert or an authority, with a day. Evidence that only an authority can give
    stops the time for the opinion. Raises ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_ask(fs, viewer_for(file, by), side=side, text=text))
    statement = Statement(
        case=fs.file,
        entity_id=file.entity_id,
        seats=int(OFFICE_FILE if side == Side.COMPLAINANT else INSIDE),
        side=side,
        whom=whom,
        is_official=is_official and side == Side.THIRD,
        question=text,
        asked_at=at,
        answer_by=answer_by,
    )
    letter = None
    if side == Side.COMPLAINANT:
        day = last_day(answer_by, fs.house.entity.timezone)
        title = gettext_lazy("The ombudsman asks you")
        letter = letters.say(fs.file, fs.house, title, text, answer_by=day, by=by, at=at)
    fact = StatementAsked(
        statement=statement.pk,
        side=str(side),
        answer_by=answer_by.isoformat(),
        letter=letter.pk if letter else None,
    )
    entry = timeline.record(fs.file, fact, by=by, at=at, body=text, seats=Seat(statement.seats))
    statement.save(force_insert=True)
    if side == Side.COMPLAINANT:
        letters.keep(fs.file, entry, letter, at=at)
    if side == Side.COMPANY:
        assert fs.proceeding.about is not None  # noqa: S101 -- refused above
        addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.STATEMENT, of=statement.pk, text=text,
            answer_by=answer_by, by=by, at=at,
        )  # fmt: skip
    if statement.is_official:
        _event(fs, "official_evidence_requested", by=by, at=at, reason=whom)
    return statement


@in_the_office
def say(
    file: Case,
    *,
    text: str,
    by: By,
    at: datetime,
    channel: str = Case.Channel.WEB_FORM,
    documents: Sequence[Kept] = (),
) -> None:
    """The person writes to the office on the page of their file, asked or not. Raises
    ``Refused``.
    """
    refuse_if(rules.why_not_say(begun(file, at=at), text=text))
    hear(file, text=text, by=by, at=at, channel=channel, documents=documents)


@in_the_office
def hear(
    file: Case,
    *,
    text: str,
    by: By,
    at: datetime,
    channel: str,
    documents: Sequence[Kept] = (),
) -> None:
    """The same by whatever way it came, and to a closed file, too: nothing that somebody says is
    lost.
    """
    fs = begun(file, at=at)
    asked = next((one for one in fs.unanswered if one.side == Side.COMPLAINANT), None)
    statement = asked or Statement(
        case=fs.file, entity_id=file.entity_id, side=Side.COMPLAINANT, question="", asked_at=at
    )
    fact = PersonSaid(statement=statement.pk)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    statement.text, statement.given_at, statement.entry = text, at, entry
    statement.save()
    letters.keep_in(fs.file, entry, channel=channel, at=at)
    for kept in documents:
        add_document(fs.file, kept, side=Document.Side.COMPLAINANT, by=by, at=at, seats=OFFICE_FILE)
    if fs.proceeding.state == State.INCOMPLETE:
        complete(fs, by=by, at=at)
    elif fs.proceeding.state == State.PASSED_ON:
        back_from_the_company(fs, by=by, at=at)
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)


@in_the_office
def refuse_document(file: Case, *, refused: FileRefused, by: By, at: datetime) -> None:
    """Record by name a file of the person's that was not taken; what came with it is kept."""
    note_refused(locked(file), refused, by=by, at=at, seats=OFFICE_FILE)


@in_the_office
def note_evidence(file: Case, *, statement: Statement, text: str, by: By, at: datetime) -> None:
    """What an expert or an authority answered, written down by the office. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_note(fs, viewer_for(file, by), text=text))
    statement = Statement.objects.get(pk=statement.pk, case=file)
    fact = StatementGiven(statement=statement.pk, side=str(statement.side))
    statement.entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    statement.text, statement.given_at = text, at
    statement.save()
    if statement.is_official:
        _event(fs, "official_evidence_received", by=by, at=at, reason=statement.whom)


@in_the_office
def answer_hearing(
    case: Case,
    *,
    hearing: Hearing,
    text: str,
    by: By,
    at: datetime,
    documents: Sequence[Kept] = (),
) -> Hearing:
    """The company says what it has to say to the office: on its own case and, through the wall, in
    the file. Its documents go there, too. Raises ``Refused``.
    """
    hearing = Hearing.objects.select_related("file__entity", "deadline", "case").get(
        pk=hearing.pk, case=case
    )
    refuse_if(rules.why_not_answer_hearing(viewer_for(case, by), hearing, text=text))
    settle(hearing, text=text, by=by, at=at)
    fs = begun(hearing.file, at=at)
    statement = Statement.objects.filter(pk=hearing.of, case=fs.file, given_at=None).first()
    if statement is None or statement.side != Side.COMPANY:
        # A word on what the other side said: a statement of its own.
        statement = Statement(
            case=fs.file, entity_id=case.entity_id, seats=int(INSIDE), side=Side.COMPANY,
            question="", asked_at=at,
        )  # fmt: skip
    fact = StatementGiven(statement=statement.pk, side=str(Side.COMPANY))
    statement.entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    statement.text, statement.given_at = text, at
    statement.save()
    for kept in documents:
        add_document(fs.file, kept, side=Document.Side.COMPANY, by=by, at=at, seats=INSIDE)
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return hearing


def settle(hearing: Hearing, *, text: str, by: By, at: datetime) -> None:
    """The company's word on its own case: the limit is met, the call is settled. As the house."""
    hearing.answer, hearing.answered_at, hearing.answered_by = text, at, by.account
    hearing.save(update_fields=["answer", "answered_at", "answered_by"])
    case = Case.objects.select_for_update(of=("self",)).select_related("entity").get(
        pk=hearing.case_id
    )  # fmt: skip
    if hearing.deadline is not None:
        limits.meet(case, ANSWER_THE_OFFICE, by=by, at=at, only=hearing.deadline)
    fact = OfficeAnswered(hearing=hearing.pk, file=hearing.file_reference, what=str(hearing.what))
    timeline.record(case, fact, by=by, at=at, body=text)
    settle_alarms(case, Alarm.Cause.OFFICE_ASKS, Alarm.Cause.OFFICE_LATE, at=at)


@in_the_office
def show(
    file: Case,
    *,
    statement: Statement,
    text: str,
    answer_by: datetime,
    by: By,
    at: datetime,
) -> Statement:
    """Show the other side what one side said, with what is protected left out, and a day by which
    it may answer. What an expert or an authority said is shown to both. Raises ``Refused``.
    """
    fs = begun(file, at=at)
    statement = Statement.objects.select_related("entry").get(pk=statement.pk, case=file)
    refuse_if(rules.why_not_show(fs, viewer_for(file, by), statement))
    shown = text.strip() or statement.text
    letter = None
    if statement.side != Side.COMPLAINANT:
        day = last_day(answer_by, fs.house.entity.timezone)
        title = gettext_lazy("What the other side says")
        letter = letters.say(fs.file, fs.house, title, shown, answer_by=day, by=by, at=at)
    fact = StatementShown(
        statement=statement.pk, side=str(statement.side), letter=letter.pk if letter else None
    )
    seats = INSIDE if statement.side == Side.COMPLAINANT else OFFICE_FILE
    entry = timeline.record(fs.file, fact, by=by, at=at, body=shown, seats=seats)
    if statement.side != Side.COMPLAINANT:
        letters.keep(fs.file, entry, letter, at=at)
        statement.seats = int(OFFICE_FILE)
    if statement.side != Side.COMPANY and fs.proceeding.about is not None:
        addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.SHOWN, of=statement.pk, text=shown,
            answer_by=None, by=by, at=at,
        )  # fmt: skip
    statement.shared_text, statement.shared_at = shown, at
    statement.save(update_fields=["shared_text", "shared_at", "seats"])
    settle_alarms(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return statement


@in_the_office
def write(file: Case, *, text: str, by: By, at: datetime) -> None:
    """The office writes to the person. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_write(fs, viewer_for(file, by), text=text))
    title = gettext_lazy("A word from the ombudsman")
    letter = letters.say(fs.file, fs.house, title, text, by=by, at=at)
    fact = WrittenToPerson(letter=letter.pk if letter else None)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    letters.keep(fs.file, entry, letter, at=at)
    settle_alarms(fs.file, Alarm.Cause.PERSON_WROTE, at=at)


def _event(fs: FileState, event: str, *, by: By, at: datetime, reason: str) -> None:
    instance = Instance.objects.get(case=fs.file, kind=Instance.Kind.OMBUDSMAN)
    limits.happen(fs.file, instance, event, by=by, at=at, reason=reason)
