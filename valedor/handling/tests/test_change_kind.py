"""A contact becomes one of another kind, and loses none of its dates."""

from datetime import date

from tests.cast import FRIDAY, Cast, a_case, a_submission, again, days, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Entry, Kind, Letter, Stage
from valedor.handling.actions.answered import letter_accepted
from valedor.handling.actions.change_kind import change_kind
from valedor.handling.actions.respond import respond
from valedor.handling.models import Response
from valedor.intake.actions.receive import receive
from valedor.people.models import Role


def an_enquiry(cast: Cast) -> Case:
    return receive(a_submission(cast, kind=Kind.ENQUIRY), at=FRIDAY).case


def the_answer_limit(case: Case) -> Deadline:
    return Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")


def test_a_question_becomes_a_complaint_with_the_dates_of_the_first_day(cast: Cast) -> None:
    case = an_enquiry(cast)
    assert not Deadline.objects.filter(case=case, regime="es-trlgdcu-21").exists()
    change_kind(case, kind=Kind.COMPLAINT, reason="He is angry.", by=staff(cast.bruno), at=days(4))
    assert again(case).kind == Kind.COMPLAINT
    limit = the_answer_limit(case)
    assert (limit.starts_at, limit.due_on) == (FRIDAY, date(2026, 12, 5))
    line = Entry.objects.get(case=case, kind="case.kind_changed")
    assert (line.particulars["before"], line.particulars["after"]) == ("enquiry", "complaint")
    letter = Letter.objects.get(case=case, kind="kind_changed")
    assert "5 de diciembre" in letter.body
    assert "He is angry." in letter.body


def test_whoever_wrote_says_that_it_is_a_complaint_and_it_is_one(cast: Cast) -> None:
    case = an_enquiry(cast)
    change_kind(case, kind=Kind.CLAIM, reason="I want it back.", by=COMPLAINANT, at=days(1))
    assert again(case).kind == Kind.CLAIM
    assert kinds_of(case)[-1] == "case.kind_changed"
    said = Entry.objects.get(case=case, kind="case.kind_claimed")
    assert said.content.body == "I want it back."
    with refusing(case, "complaint_already"):
        change_kind(again(case), kind=Kind.COMPLAINT, by=COMPLAINANT, at=days(2))


def test_nobody_makes_less_of_it_than_a_complaint_for_themselves(cast: Cast) -> None:
    case = an_enquiry(cast)
    with refusing(case, "not_a_complaint"):
        change_kind(case, kind=Kind.THANKS, by=COMPLAINANT, at=days(1))


def test_what_answered_the_question_is_no_answer_to_the_complaint(cast: Cast) -> None:
    case = an_enquiry(cast)
    bruno = staff(cast.bruno)
    response = respond(case, opening="Hoy abrimos a las nueve.", by=bruno, at=hours(1))
    assert response.letter is not None
    with refusing(case, "not_sent_yet"):
        change_kind(again(case), kind=Kind.COMPLAINT, reason="-", by=bruno, at=hours(1))
    Letter.objects.filter(pk=response.letter.pk).update(state=Letter.State.ACCEPTED)
    letter_accepted(again(case), letter=response.letter, at=hours(2))
    assert again(case).stage == Stage.ANSWERED
    with refusing(case, "already_answered"):
        change_kind(again(case), kind=Kind.SUGGESTION, reason="-", by=bruno, at=hours(3))
    change_kind(again(case), kind=Kind.COMPLAINT, by=COMPLAINANT, at=hours(3))
    assert again(case).stage == Stage.RECEIVED
    assert Response.objects.get(pk=response.pk).replaced_at == hours(3)
    assert the_answer_limit(case).state == Deadline.State.RUNNING
    assert not Deadline.objects.filter(case=case, duty="respond", state="met").exists()


def test_who_only_answers_questions_makes_no_question_of_a_complaint(cast: Cast) -> None:
    nuria = staff(cast.join("nuria", Role.AGENT))
    complaint = a_case(cast)
    with refusing(complaint, "not_permitted"):
        change_kind(complaint, kind=Kind.ENQUIRY, reason="-", by=nuria, at=hours(1))
    question = an_enquiry(cast)
    change_kind(question, kind=Kind.COMPLAINT, reason="She complains.", by=nuria, at=hours(1))
    assert again(question).kind == Kind.COMPLAINT


def test_a_decided_case_and_a_closed_one_stay_what_they_are(cast: Cast) -> None:
    bruno = staff(cast.bruno)
    for stage, code in ((Stage.ANSWERED, "already_answered"), (Stage.CLOSED, "closed")):
        case = a_case(cast, stage=stage)
        with refusing(case, code):
            change_kind(case, kind=Kind.ENQUIRY, reason="-", by=bruno, at=days(3))
    case = a_case(cast)
    with refusing(case, "nothing_changed"):
        change_kind(case, kind=Kind.COMPLAINT, reason="-", by=bruno, at=days(1))
    with refusing(case, "empty"):
        change_kind(case, kind=Kind.CLAIM, reason=" ", by=bruno, at=days(1))
