"""Whether the office deals with a matter: what is missing, passing on, admitting or not."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valedor.casefile import limits, timeline
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.limits.begin import record_begun, refresh_next_due
from valedor.casefile.models import Case, Deadline, Instance, Kind, Stage
from valedor.casefile.stages import move_to
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import rows
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.models import Alarm, Response
from valedor.handling.standing import viewer_for
from valedor.intake.actions.receive import receive
from valedor.intake.submission import PersonGiven, Submission
from valedor.review.office import letters, rules
from valedor.review.office.actions.bring import AT_THE_DOOR
from valedor.review.office.actions.common import begun, in_the_office
from valedor.review.office.doors_left import doors_left
from valedor.review.office.facts import (
    Admitted,
    CameBack,
    Completed,
    MissingAskedFor,
    NotAdmitted,
    PassedOn,
)
from valedor.review.office.models import Proceeding
from valedor.review.office.queries import FileState, first_words

State = Proceeding.State
COMPANY_HAS = timedelta(days=61)
"""How long the company has to answer what is passed on to it: two months, and not a day less."""


@in_the_office
def ask_missing(file: Case, *, text: str, send_by: date, by: By, at: datetime) -> Proceeding:
    """Ask for what is missing, with a day; the limit of admission waits. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_ask_missing(fs, viewer_for(file, by), text=text))
    move_to(fs.file, Stage.INCOMPLETE, at=at)
    letter = letters.say(
        fs.file, fs.house, gettext_lazy("Something is missing"), text, answer_by=send_by,
        by=by, at=at,
    )  # fmt: skip
    fact = MissingAskedFor(send_by=send_by.isoformat(), letter=letter.pk if letter else None)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    letters.keep(fs.file, entry, letter, at=at)
    limits.drop(fs.file, "admit", by=by, at=at, reason="")
    settle_alarms(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return _come_to(fs, State.INCOMPLETE)


def complete(fs: FileState, *, by: By, at: datetime) -> None:
    """What was missing came: the office looks at it anew, with its time for that."""
    move_to(fs.file, Stage.RECEIVED, at=at)
    timeline.record(fs.file, Completed(), by=by, at=at)
    _come_to(fs, State.RECEIVED)
    _begin(fs, at_the_door=True, by=by, at=at)


@in_the_office
def pass_on(file: Case, *, by: By, at: datetime, text: str = "") -> Proceeding:
    """The company answers first. It is registered there as the person told it, the person knows,
    and it comes back by itself. Raises ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_pass_on(fs, viewer_for(file, by)))
    there = receive(_as_told(fs, at=at), by=SYSTEM, at=at).case
    back_on = local_day(at + COMPANY_HAS, fs.house.entity.timezone)
    with override(file.language):
        words = _(
            "The company has not been asked about this yet, so we passed it on: it is registered "
            "there under %(reference)s and has until %(day)s to answer you. If it does not, or "
            "its answer does not satisfy you, we go on by ourselves: you need do nothing but tell "
            "us that you are not satisfied."
        ) % {"reference": there.reference, "day": day_in_words(back_on, file.language)}
    said = f"{words}\n\n{text}".strip()
    title = gettext_lazy("The company answers first")
    letter = letters.say(fs.file, fs.house, title, said, by=by, at=at)
    fact = PassedOn(
        reference=there.reference,
        back_on=back_on.isoformat(),
        letter=letter.pk if letter else None,
    )
    entry = timeline.record(fs.file, fact, by=by, at=at, body=said)
    letters.keep(fs.file, entry, letter, at=at)
    limits.drop(fs.file, "admit", by=by, at=at, reason="")
    settle_alarms(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    fs.proceeding.about, fs.proceeding.back_on = there, back_on
    fs.proceeding.save(update_fields=["about", "back_on"])
    return _come_to(fs, State.PASSED_ON)


def _as_told(fs: FileState, *, at: datetime) -> Submission:
    file = fs.file
    return Submission(
        entity_id=file.entity_id,
        kind=Kind(file.kind),
        channel=Case.Channel.LETTER,
        language=file.language,
        received_at=at,
        person=PersonGiven(person_id=file.complainant_id),
        answer_channel=Case.Channel(file.answer_channel),
        subject=file.subject,
        narrative=first_words(file),
        grievances=tuple(one.text for one in fs.grievances),
        is_vulnerable=file.is_vulnerable,
    )


def come_back(*, at: datetime) -> int:
    """What was passed on comes back by itself: when its day has passed without an answer. How many
    came.
    """
    with viewing(the_house()):
        waiting = Proceeding.objects.filter(state=State.PASSED_ON, back_on__lte=at.date())
        files = [one.case for one in waiting.select_related("case__entity")]
        states = [begun(file, at=at) for file in files]
        over = [fs for fs in states if _has_had_its_time(fs)]
        for fs in over:
            back_from_the_company(fs, by=SYSTEM, at=at)
    return len(over)


def _has_had_its_time(fs: FileState) -> bool:
    """Whether the company's last day is over, by the clocks of its place, and the file still waits:
    the person may have brought it back meanwhile.
    """
    back_on = fs.proceeding.back_on
    return fs.proceeding.state == State.PASSED_ON and back_on is not None and back_on < fs.today


def back_from_the_company(fs: FileState, *, by: By, at: datetime) -> None:
    """The office deals with it now: the company answered or had its time to. Inside the house."""
    answered = Response.objects.filter(Q(sent_at__isnull=False), case=fs.proceeding.about_id)
    ground = Proceeding.Ground.DISSATISFIED if answered.exists() else Proceeding.Ground.NO_ANSWER
    fs.proceeding.ground = ground
    fs.proceeding.save(update_fields=["ground"])
    timeline.record(fs.file, CameBack(), by=by, at=at)
    _come_to(fs, State.RECEIVED)
    _begin(fs, at_the_door=True, by=by, at=at)
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)


@in_the_office
def admit(file: Case, *, by: By, at: datetime, text: str = "") -> Proceeding:
    """The office deals with it: the time for the opinion begins, and the person is told. Raises
    ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_admit(fs, viewer_for(file, by)))
    move_to(fs.file, Stage.INVESTIGATION, at=at)
    begun_now = _begin(fs, at_the_door=False, by=by, at=at)
    limits.meet(fs.file, "admit", by=by, at=at)
    due = next((one for one in begun_now if one.duty == "respond" and one.due_on), None)
    with override(file.language):
        words = _("We deal with what you brought to us, and ask the company for its side.")
        if due is not None and due.due_on is not None:
            words += " " + _("You have our opinion by %(day)s at the latest.") % {
                "day": day_in_words(due.due_on, file.language)
            }
    said = f"{words}\n\n{text}".strip()
    title = gettext_lazy("We deal with it")
    letter = letters.say(fs.file, fs.house, title, said, by=by, at=at)
    fact = Admitted(letter=letter.pk if letter else None)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=said)
    letters.keep(fs.file, entry, letter, at=at)
    settle_alarms(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return _come_to(fs, State.ADMITTED)


@in_the_office
def refuse(file: Case, *, ground: str, reasons: str, by: By, at: datetime) -> Proceeding:
    """Not admitted: the person reads why, and every other door. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_refuse(fs, viewer_for(file, by), ground=ground, reasons=reasons))
    with override(file.language):
        words = f"{Proceeding.Refusal(ground).label}.\n\n{reasons}"
    letter = letters.say(
        fs.file,
        fs.house,
        gettext_lazy("We cannot deal with it"),
        words,
        doors=doors_left(fs.file, fs.house),
        by=by,
        at=at,
    )
    limits.meet(fs.file, "admit", by=by, at=at)
    limits.drop(fs.file, "*", by=by, at=at, reason="")
    move_to(fs.file, Stage.CLOSED, at=at)
    fact = NotAdmitted(ground=ground, letter=letter.pk if letter else None)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=reasons)
    letters.keep(fs.file, entry, letter, at=at)
    settle_alarms(fs.file, *Alarm.Cause, at=at)
    fs.proceeding.refusal = ground
    fs.proceeding.state = State.REFUSED
    fs.proceeding.save(update_fields=["refusal", "state"])
    return fs.proceeding


def _come_to(fs: FileState, state: State) -> Proceeding:
    fs.proceeding.state = state
    fs.proceeding.save(update_fields=["state"])
    return fs.proceeding


def _begin(fs: FileState, *, at_the_door: bool, by: By, at: datetime) -> list[Deadline]:
    """The limits of admission, or those that begin once the file is complete."""
    instance = Instance.objects.get(case=fs.file, kind=Instance.Kind.OMBUDSMAN)
    every = limits.begin(fs.file, instance, fs.house, starts_at=at, registered_at=at)
    wanted = [
        one
        for one in every
        if (one.duty in AT_THE_DOOR) == at_the_door and one.duty != "acknowledge"
    ]
    for deadline in wanted:
        deadline.seats = fs.file.seats
    if wanted:
        rows.write(wanted)
        record_begun(fs.file, instance, wanted, by=by, at=at)
    refresh_next_due(fs.file)
    return wanted
