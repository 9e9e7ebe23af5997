"""The reasoned opinion: drafted inside, refused while incomplete, signed once, sent to both sides,
answered by the company, carried out and verified with the person.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import refresh_next_due
from valedor.casefile.models import Case, Document, Grievance, Stage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.stages import move_to
from valedor.clocks.fresh import end_of_day
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.models import Alarm, Decision
from valedor.handling.standing import viewer_for
from valedor.review.office import addressing, letters, rules
from valedor.review.office.actions.common import begun, in_the_office
from valedor.review.office.actions.hear import settle as settle_hearing
from valedor.review.office.actions.lapse import lapse
from valedor.review.office.doors_left import doors_left
from valedor.review.office.facts import (
    FileClosed,
    FileWithdrawn,
    GaveWay,
    HeardBoth,
    OpinionAnswered,
    OpinionCarriedOut,
    OpinionGiven,
    OpinionVerified,
)
from valedor.review.office.models import (
    Conclusion,
    Hearing,
    Opinion,
    Proceeding,
    ProvenFact,
)
from valedor.review.office.opinion_text import text_of
from valedor.review.office.precedents import keeping as precedents
from valedor.review.office.queries import FileState, file_state

Outcome = Decision.Outcome
COMPANY_ANSWERS_WITHIN = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ConclusionGiven:
    """What is concluded on one point."""

    grievance: Grievance
    outcome: str
    reasons: str
    to_do: str = ""
    do_by: date | None = None


@in_the_office
def hold_proved(
    file: Case,
    *,
    text: str,
    shown_by: str,
    by: By,
    at: datetime,
    document: Document | None = None,
) -> ProvenFact:
    """Hold a fact proved, and say by what. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_draft(fs, viewer_for(file, by)))
    return ProvenFact.objects.create(
        case=fs.file,
        entity_id=file.entity_id,
        opinion=_draft(fs, by=by, at=at),
        ordinal=len(fs.facts) + 1,
        text=text,
        shown_by=shown_by,
        document=document,
    )


@in_the_office
def conclude(file: Case, *, given: ConclusionGiven, by: By, at: datetime) -> Conclusion:
    """Conclude on one point; said again, it replaces what was drafted. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_draft(fs, viewer_for(file, by)))
    return Conclusion.objects.update_or_create(
        opinion=_draft(fs, by=by, at=at),
        grievance=given.grievance,
        defaults={
            "case": fs.file,
            "entity_id": file.entity_id,
            "outcome": given.outcome,
            "reasons": given.reasons,
            "to_do": given.to_do,
            "do_by": given.do_by,
        },
    )[0]


@in_the_office
def apply_principles(file: Case, *, text: str, binds: bool, by: By, at: datetime) -> Opinion:
    """The rules and principles of good practice and equity, and whether the opinion binds the
    company. Raises ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_draft(fs, viewer_for(file, by)))
    opinion = _draft(fs, by=by, at=at)
    opinion.principles, opinion.binds = text, binds
    opinion.save(update_fields=["principles", "binds"])
    return opinion


def _draft(fs: FileState, *, by: By, at: datetime) -> Opinion:
    return fs.opinion or Opinion.objects.create(
        case=fs.file, entity_id=fs.file.entity_id, drafted_at=at, by=by.account
    )


@in_the_office
def sign(file: Case, *, by: By, at: datetime) -> Opinion:
    """Sign the opinion and send it to both sides. Raises ``Refused`` while anything is missing."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_sign(fs, viewer_for(file, by)))
    opinion = fs.opinion
    assert opinion is not None  # noqa: S101 -- refused above
    opinion.signed_at, opinion.by = at, by.account
    zone = fs.house.entity.timezone
    last_day = local_day(at, zone) + COMPANY_ANSWERS_WITHIN
    opinion.answer_by = end_of_day(last_day, ZoneInfo(zone))
    if opinion.binds:
        opinion.answer, opinion.answered_at = Opinion.Answer.ACCEPTED, at
    opinion.seats = int(OFFICE_FILE)
    opinion.save()
    ProvenFact.objects.filter(opinion=opinion).update(seats=int(OFFICE_FILE))
    Conclusion.objects.filter(opinion=opinion).update(seats=int(OFFICE_FILE))
    precedents.keep(fs)
    body = text_of(fs, language=file.language)
    timeline.record(fs.file, HeardBoth(), by=by, at=at)
    lapse(fs, by=by, at=at)
    due = fs.running("respond")
    language = file.language
    letter = letters.write(
        fs.file,
        fs.house,
        letters.OPINION,
        {
            "opinion": body,
            "binds": "yes" if opinion.binds else "",
            "advises": "" if opinion.binds else "yes",
            "company_answers_by": day_in_words(last_day, language),
            "next_steps": doors_left(fs.file, fs.house),
        },
        by=by,
        at=at,
        meets=due,
    )
    move_to(fs.file, Stage.ANSWERED, at=at)
    limits.meet(fs.file, "respond", by=by, at=at)
    limits.drop(fs.file, "*", by=by, at=at, reason="")
    outcomes = [one.outcome for one in fs.conclusions]
    fact = OpinionGiven(
        opinion=opinion.pk,
        upheld=outcomes.count(Outcome.UPHELD),
        partly=outcomes.count(Outcome.PARTLY_UPHELD),
        not_upheld=outcomes.count(Outcome.NOT_UPHELD),
        binds=opinion.binds,
        letter=letter.pk if letter else None,
    )
    entry = timeline.record(fs.file, fact, by=by, at=at, body=body)
    letters.keep(fs.file, entry, letter, at=at)
    fs.proceeding.state = Proceeding.State.DECIDED
    fs.proceeding.save(update_fields=["state"])
    addressing.end_all(fs.file, by=by, at=at)
    if fs.proceeding.about is not None:
        owes = any(one.outcome != Outcome.NOT_UPHELD for one in fs.conclusions)
        addressing.address(
            fs.proceeding.about,
            fs.file,
            Hearing.What.OPINION,
            of=opinion.pk,
            text=text_of(fs, language=fs.house.entity.default_language),
            answer_by=opinion.answer_by if owes else None,
            by=by,
            at=at,
        )
    settle_alarms(fs.file, Alarm.Cause.PERSON_WROTE, Alarm.Cause.DUE_SOON, at=at)
    refresh_next_due(fs.file)
    return opinion


@in_the_office
def answer_opinion(
    case: Case, *, hearing: Hearing, accept: bool, reasons: str, by: By, at: datetime
) -> Opinion:
    """The company follows the opinion, or says why it does not; the person is told. Raises
    ``Refused``.
    """
    hearing = Hearing.objects.select_related("file__entity", "deadline").get(
        pk=hearing.pk, case=case
    )
    words = reasons if not accept else (reasons or str(Opinion.Answer.ACCEPTED.label))
    refuse_if(rules.why_not_answer_hearing(viewer_for(case, by), hearing, text=words))
    settle_hearing(hearing, text=words, by=by, at=at)
    fs = begun(hearing.file, at=at)
    opinion = Opinion.objects.get(pk=hearing.of, case=fs.file)
    if not opinion.binds:
        opinion.answer = Opinion.Answer.ACCEPTED if accept else Opinion.Answer.REFUSED
    opinion.answer_reasons, opinion.answered_at = words, at
    opinion.save(update_fields=["answer", "answer_reasons", "answered_at"])
    with override(fs.file.language):
        said = f"{Opinion.Answer(opinion.answer).label}.\n\n{reasons}".strip()
    letter = letters.say(
        fs.file,
        fs.house,
        gettext_lazy("What the company says to the opinion"),
        said,
        doors=() if accept else doors_left(fs.file, fs.house),
        by=by,
        at=at,
    )
    fact = OpinionAnswered(
        opinion=opinion.pk, answer=str(opinion.answer), letter=letter.pk if letter else None
    )
    entry = timeline.record(fs.file, fact, by=by, at=at, body=words)
    letters.keep(fs.file, entry, letter, at=at)
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return opinion


@in_the_office
def say_carried_out(case: Case, *, hearing: Hearing, text: str, by: By, at: datetime) -> Opinion:
    """The company says what it did of what the opinion asks; the person is asked whether that is
    so. Raises ``Refused``.
    """
    hearing = Hearing.objects.select_related("file__entity").get(pk=hearing.pk, case=case)
    refuse_if(rules.why_not_speak_for_company(viewer_for(case, by), hearing))
    fs = begun(hearing.file, at=at)
    opinion = fs.opinion
    refuse_if(rules.why_not_carry_out(opinion, text=text))
    assert opinion is not None  # noqa: S101 -- refused above
    opinion.carried_out_at, opinion.carried_out_text = at, text
    opinion.save(update_fields=["carried_out_at", "carried_out_text"])
    with override(fs.file.language):
        said = _(
            "The company says that it has done what the opinion asks:\n\n%(what)s\n\nTell us if "
            "that is not so."
        ) % {"what": text}
    title = gettext_lazy("Has it been done?")
    letter = letters.say(fs.file, fs.house, title, said, by=by, at=at)
    fact = OpinionCarriedOut(opinion=opinion.pk, letter=letter.pk if letter else None)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    letters.keep(fs.file, entry, letter, at=at)
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return opinion


@in_the_office
def verify(file: Case, *, is_done: bool, text: str, by: By, at: datetime) -> None:
    """Whether it was done, as the person says; the file ends with it. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_verify(fs, viewer_for(file, by)))
    if fs.opinion is not None:
        word = Opinion.Verified.DONE if is_done else Opinion.Verified.NOT_DONE
        fs.opinion.verified, fs.opinion.verified_at = word, at
        fs.opinion.save(update_fields=["verified", "verified_at"])
        fact = OpinionVerified(opinion=fs.opinion.pk, verified=str(word))
        timeline.record(fs.file, fact, by=by, at=at, body=text)
    if is_done:
        _end(fs, Proceeding.State.CARRIED_OUT, by=by, at=at)


@in_the_office
def close(file: Case, *, by: By, at: datetime) -> None:
    """Close a file that has its opinion or its agreement. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_close(fs, viewer_for(file, by)))
    _end(fs, Proceeding.State(fs.proceeding.state), by=by, at=at)


@in_the_office
def withdraw(file: Case, *, by: By, at: datetime, reason: str = "") -> None:
    """The person does not go on before the ombudsman; every other way stays open. Raises
    ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_withdraw(fs))
    timeline.record(fs.file, FileWithdrawn(), by=by, at=at, body=reason)
    lapse(fs, by=by, at=at)
    limits.drop(fs.file, "*", by=by, at=at, reason="")
    _end(fs, Proceeding.State.WITHDRAWN, by=by, at=at)


@in_the_office
def give_way(file: Case, *, reasons: str, by: By, at: datetime) -> Proceeding:
    """A court or another body has what the office was dealing with: it stops, the person reads why
    and where it goes on, and a company that was heard is told that it ended. Raises ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_give_way(fs, viewer_for(file, by), reasons=reasons))
    with override(file.language):
        words = f"{Proceeding.Refusal.ELSEWHERE.label}.\n\n{reasons}"
    letter = letters.say(
        fs.file, fs.house, gettext_lazy("We stop here"), words,
        doors=doors_left(fs.file, fs.house), by=by, at=at,
    )  # fmt: skip
    limits.drop(fs.file, "*", by=by, at=at, reason="")
    entry = timeline.record(
        fs.file, GaveWay(letter=letter.pk if letter else None), by=by, at=at, body=reasons
    )
    letters.keep(fs.file, entry, letter, at=at)
    fs.proceeding.refusal = Proceeding.Refusal.ELSEWHERE
    _end(fs, Proceeding.State.REFUSED, by=by, at=at)
    if Hearing.objects.filter(file=fs.file).exists() and fs.proceeding.about is not None:
        with override(fs.proceeding.about.language):
            told = _("A court or another body has this matter: the ombudsman stops here.")
        hearing = addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.SHOWN, of=fs.proceeding.pk, text=told,
            by=by, at=at,
        )  # fmt: skip
        addressing.end(hearing, by=by, at=at)
    return fs.proceeding


def _end(fs: FileState, state: Proceeding.State, *, by: By, at: datetime) -> None:
    move_to(fs.file, Stage.CLOSED, at=at)
    timeline.record(fs.file, FileClosed(state=str(state)), by=by, at=at)
    fs.proceeding.state = state
    fs.proceeding.save(update_fields=["state", "refusal"])
    addressing.end_all(fs.file, by=by, at=at)
    settle_alarms(fs.file, *Alarm.Cause, at=at)


def preview(file: Case, *, at: datetime) -> str:
    """The opinion as it would read now, for whoever drafts it."""
    return text_of(file_state(file, at=at), language=file.language)
