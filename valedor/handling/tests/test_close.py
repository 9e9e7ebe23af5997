from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.cast import (
    FRIDAY,
    Cast,
    a_case,
    again,
    by_elena,
    days,
    decide_all,
    hours,
    kinds_of,
    letters_leave,
    refusing,
    the_response,
    widen_or_narrow,
)
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, staff
from valedor.casefile.models import Deadline, Entry, Grievance, Instance, Kind, Letter, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import viewer_of
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.ask_area import ask_area
from valedor.handling.actions.assess import assess
from valedor.handling.actions.carry_out_redress import carry_out_redress
from valedor.handling.actions.close import close, withdraw
from valedor.handling.actions.offer_redress import offer_redress
from valedor.handling.actions.reopen import reopen
from valedor.handling.actions.request_cure import request_cure
from valedor.handling.actions.respond import respond
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.sweep import sweep
from valedor.handling.actions.tell_measure import tell_measure
from valedor.handling.models import Alarm, AreaNotice, Closure, Redress, Response
from valedor.handling.queries import case_state
from valedor.handling.rules import why_not_close
from valedor.people.actions.entities import change_entity
from valedor.people.models import Mandate
from valedor.procedures.actions.letters import publish_letter
from valedor.procedures.models import RedressOption

AGREED, ANSWERED = Closure.Reason.AGREED, Closure.Reason.ANSWERED


def test_closes_with_the_persons_agreement_and_tells_the_areas(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    with refusing(case, "not_agreed"):
        close(case, reason=AGREED, by=staff(cast.bruno), at=days(1))
    accept_answer(case, by=COMPLAINANT, at=days(1))
    close(case, reason=AGREED, by=staff(cast.bruno), at=days(2))
    row = again(case)
    assert (row.stage, row.closed_at) == (Stage.CLOSED, days(2))
    assert Instance.objects.get(case=case).closed_at == days(2)
    notice = AreaNotice.objects.get(case=case)
    assert notice.area == cast.billing
    assert "Me cobran dos veces." in notice.complained_of
    assert "dos cargos" in notice.done
    assert kinds_of(case)[-2:] == ["case.closed", "case.area_told"]
    assert Letter.objects.filter(case=case, kind="closing").exists()
    assert not Alarm.objects.filter(case=case, settled_at=None).exists()


def test_what_still_ran_stops_and_what_passed_stays_passed(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    states = set(Deadline.objects.filter(case=case).values_list("state", flat=True))
    assert states <= {"met", "dropped", "missed"}
    assert sweep(at=days(100)) == 0


def test_refuses_while_redress_is_pending(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    bruno = staff(cast.bruno)
    option = RedressOption.objects.get(entity=cast.besos, key="refund")
    offer_redress(case, option=option, amount=Decimal(50), currency="EUR", by=bruno, at=hours(4))
    respond(case, by=bruno, at=hours(5))
    letters_leave(case, hours(6))
    with refusing(case, "redress_pending"):
        close(case, reason=ANSWERED, by=bruno, at=days(1))
    redress = Redress.objects.get(case=case)
    carry_out_redress(case, redress=redress, proof_text="T-71", by=bruno, at=days(1))
    close(case, reason=ANSWERED, by=bruno, at=days(11))
    assert again(case).stage == Stage.CLOSED
    assert "50,00" in Letter.objects.get(case=case, kind="closing").body


def test_refuses_without_an_answer_or_before_it_left(cast: Cast) -> None:
    for stage, code in ((Stage.DECIDED, "not_answered"), (Stage.ANSWERED_NOT_SENT, "not_sent_yet")):
        case = a_case(cast, stage=stage)
        with refusing(case, code):
            close(case, reason=ANSWERED, by=staff(cast.bruno), at=days(1))
    case = a_case(cast, stage=Stage.INVESTIGATION)
    for reason in (Closure.Reason.NO_ANSWER_NEEDED, Closure.Reason.WITHDRAWN):
        codes = {"no_answer_needed": "answer_needed", "withdrawn": "not_withdrawn"}
        with refusing(case, codes[reason]):
            close(case, reason=reason, by=staff(cast.bruno), at=days(1))


def test_silence_counts_only_once_the_reaction_period_is_over(cast: Cast) -> None:
    """Answered on 20 November: ten days, the day of the answer not counted, until the 30th."""
    case = a_case(cast, stage=Stage.ANSWERED)
    bruno, over = staff(cast.bruno), datetime(2026, 11, 30, 23, tzinfo=UTC)  # Midnight in Madrid.
    assert the_response(case).react_by == over
    last_minute = over - timedelta(minutes=1)
    with refusing(case, "time_to_react"):
        close(case, reason=ANSWERED, by=bruno, at=last_minute)
    refusal = why_not_close(case_state(case), viewer_of(cast.bruno), at=last_minute)
    assert "until Monday, 30 November 2026" in str(refusal)
    close(case, reason=ANSWERED, by=bruno, at=over)
    assert again(case).stage == Stage.CLOSED
    assert "no nos ha dicho a tiempo" in Letter.objects.get(case=case, kind="closing").body


def test_the_entity_says_how_long_the_reaction_period_is(cast: Cast) -> None:
    change_entity(cast.besos, days_to_react=1, by=None, at=FRIDAY)
    case = a_case(cast, stage=Stage.ANSWERED)
    with refusing(case, "time_to_react"):
        close(case, reason=ANSWERED, by=staff(cast.bruno), at=days(1))
    close(case, reason=ANSWERED, by=staff(cast.bruno), at=days(2))
    assert again(case).stage == Stage.CLOSED


def test_whoever_agreed_was_not_silent(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    accept_answer(case, by=COMPLAINANT, at=days(1))
    for at in (days(1), days(20)):
        with refusing(case, "agreed"):
            close(case, reason=ANSWERED, by=staff(cast.bruno), at=at)
    close(case, reason=AGREED, by=staff(cast.bruno), at=days(1))
    assert again(case).stage == Stage.CLOSED


def test_an_answer_that_told_no_day_has_none(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    Response.objects.filter(case=case).update(react_by=None)
    close(case, reason=ANSWERED, by=staff(cast.bruno), at=days(1))
    assert again(case).stage == Stage.CLOSED


def test_other_grounds_wait_for_no_word(cast: Cast) -> None:
    case = a_case(cast)
    bruno = staff(cast.bruno)
    assess(
        case,
        severity=1,
        difficulty="simple",
        is_admissible=False,
        inadmission_ground="out_of_time",
        reasons="Es de otra empresa.",
        by=bruno,
        at=hours(1),
    )
    decide_all(case, bruno, hours(2))
    respond(case, by=bruno, at=hours(2))
    letters_leave(case, hours(3))
    with refusing(case, "time_to_react"):
        close(case, reason=ANSWERED, by=bruno, at=days(1))
    close(case, reason=Closure.Reason.INADMISSIBLE, by=bruno, at=days(1))
    assert again(case).stage == Stage.CLOSED


def test_silence_past_the_limit_never_closes(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    sweep(at=days(60))
    assert again(case).stage == Stage.INVESTIGATION
    with refusing(case, "not_answered"):
        close(case, reason=ANSWERED, by=staff(cast.bruno), at=days(60))


def test_what_was_not_completed_ends_only_after_its_time(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    bruno = staff(cast.bruno)
    request = request_cure(case, missing=["DNI"], by=bruno, at=hours(2))
    with refusing(case, "cure_not_lapsed"):
        close(case, reason=Closure.Reason.NOT_COMPLETED, by=bruno, at=days(2))
    sweep(at=request.cure_by)
    close(case, reason=Closure.Reason.NOT_COMPLETED, by=bruno, at=request.cure_by)
    assert again(case).stage == Stage.CLOSED


def test_a_suggestion_ends_only_with_an_answer_that_says_what_becomes_of_it(cast: Cast) -> None:
    case, bruno = a_case(cast, kind=Kind.SUGGESTION, grievances=()), staff(cast.bruno)
    with refusing(case, "answer_needed"):
        close(case, reason=Closure.Reason.NO_ANSWER_NEEDED, by=bruno, at=hours(1))
    with refusing(case, "content_missing"):
        respond(case, opening="Gracias por la idea.", by=bruno, at=hours(1))
    response = respond(
        case,
        opening="Gracias por la idea.",
        places={"became": "La ponemos en marcha en enero."},
        by=bruno,
        at=hours(1),
    )
    assert response.letter is not None
    assert "su sugerencia: La ponemos en marcha en enero." in response.letter.body
    letters_leave(case, hours(2))
    with refusing(case, "time_to_react"):
        close(case, reason=ANSWERED, by=bruno, at=hours(3))
    react_by = the_response(case).react_by
    assert react_by is not None
    close(case, reason=ANSWERED, by=bruno, at=react_by)
    assert again(case).stage == Stage.CLOSED


def test_what_becomes_of_a_suggestion_is_told_however_the_house_words_its_letters(
    cast: Cast,
) -> None:
    wordings = dict.fromkeys(("es", "ca", "en", "pt-br"), "Hola:\n\n{words}\n\n{reference}")
    publish_letter(
        cast.besos,
        "message",
        subject=dict.fromkeys(wordings, "Hola"),
        body=wordings,
        contents=["case_reference"],
        by=None,
        at=hours(0),
    )
    case, bruno = a_case(cast, kind=Kind.SUGGESTION, grievances=()), staff(cast.bruno)
    with refusing(case, "content_missing"):
        respond(case, opening="Gracias por la idea.", by=bruno, at=hours(1))
    places = {"became": "La ponemos en marcha en enero."}
    response = respond(case, opening="Gracias por la idea.", places=places, by=bruno, at=hours(1))
    assert response.letter is not None
    assert response.letter.body == (
        "Hola:\n\nGracias por la idea.\n\n"
        "Qué se hace con su sugerencia: La ponemos en marcha en enero.\n\n"
        f"{case.reference}"
    )


def test_refuses_while_an_area_was_asked_twice_closed_and_strangers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    ask_area(case, area=cast.billing, text="Why?", by=staff(cast.bruno), at=hours(3))
    decide_all(case, staff(cast.bruno), hours(4))
    respond(case, by=staff(cast.bruno), at=hours(5))
    letters_leave(case, hours(6))
    with refusing(case, "inquiry_open"):
        close(case, reason=ANSWERED, by=staff(cast.bruno), at=days(1))
    closed = a_case(cast, stage=Stage.CLOSED)
    with refusing(closed, "already_closed"):
        close(closed, reason=ANSWERED, by=staff(cast.bruno), at=days(1))
    answered = a_case(cast, stage=Stage.ANSWERED)
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        with refusing(answered, "not_permitted"):
            close(answered, reason=ANSWERED, by=staff(stranger), at=days(1))
    with refusing(answered, "not_permitted"):
        close(answered, reason=ANSWERED, by=COMPLAINANT, at=days(1))


def test_accepting_agrees_to_what_was_offered(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    bruno = staff(cast.bruno)
    option = RedressOption.objects.get(entity=cast.besos, key="refund")
    offer_redress(
        case,
        option=option,
        amount=Decimal(50),
        currency="EUR",
        needs_acceptance=True,
        by=bruno,
        at=hours(4),
    )
    respond(case, by=bruno, at=hours(5))
    with refusing(case, "not_answered"):
        accept_answer(case, by=COMPLAINANT, at=hours(6))
    letters_leave(case, hours(6))
    with refusing(case, "offer_open"):
        close(case, reason=ANSWERED, by=bruno, at=days(1))
    accept_answer(case, by=COMPLAINANT, at=days(1))
    assert Redress.objects.get(case=case).state == "accepted"
    with refusing(case, "already_accepted"):
        accept_answer(case, by=COMPLAINANT, at=days(2))


def test_a_mandate_to_file_does_not_reach_to_accepting_or_withdrawing(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, submission=by_elena(cast))
    widen_or_narrow(case, Mandate.Scope.FILE)
    with refusing(case, "mandate_too_narrow"):
        accept_answer(case, by=REPRESENTATIVE, at=days(1))
    with refusing(case, "mandate_too_narrow"):
        withdraw(case, by=REPRESENTATIVE, at=days(1))
    widen_or_narrow(case, Mandate.Scope.ACT)
    accept_answer(case, by=REPRESENTATIVE, at=days(1))
    assert "case.answer_accepted" in kinds_of(case)


def test_the_person_withdraws_at_any_time(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    for stranger in (cast.dario, cast.gia):
        with refusing(case, "not_permitted"):
            withdraw(case, by=staff(stranger), at=hours(3))
    withdraw(case, reason="Lo he arreglado.", by=COMPLAINANT, at=hours(4))
    assert again(case).stage == Stage.CLOSED
    assert not Grievance.objects.filter(case=case, withdrawn_at=None).exists()
    assert Letter.objects.filter(case=case, kind="withdrawal_received").exists()
    with refusing(case, "closed"):
        withdraw(case, by=COMPLAINANT, at=hours(5))


def test_reopening_owes_an_answer_again(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    bruno = staff(cast.bruno)
    with refusing(case, "empty"):
        reopen(case, reason=" ", by=bruno, at=days(10))
    with refusing(case, "not_permitted"):
        reopen(case, reason="Otra vez.", by=COMPLAINANT, at=days(10))
    with refusing(case, "not_permitted"):
        reopen(case, reason="Again.", by=staff(cast.dario), at=days(10))
    reopen(case, reason="Charged again.", by=bruno, at=days(10))
    row = again(case)
    assert (row.stage, row.closed_at) == (Stage.DECIDED, None)
    assert row.next_due_at is not None
    assert row.next_due_at > days(10)
    assert Closure.objects.get(case=case).undone_at == days(10)
    law = Deadline.objects.filter(
        case=case, regime="es-trlgdcu-21", duty="respond", state="running"
    )
    assert law.get().starts_at == days(10)
    with refusing(case, "not_closed"):
        reopen(case, reason="Again.", by=bruno, at=days(11))
    respond(case, by=bruno, at=days(11))
    letters_leave(case, days(11))
    assert again(case).stage == Stage.ANSWERED


def test_a_withdrawn_case_comes_back_whole(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    withdraw(case, by=COMPLAINANT, at=hours(4))
    reopen(case, reason="She changed her mind.", by=staff(cast.bruno), at=days(2))
    assert Grievance.objects.filter(case=case, withdrawn_at=None).count() == 2
    assert again(case).stage == Stage.INVESTIGATION


def test_a_withdrawn_case_keeps_back_the_letters_that_wait(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    bruno = staff(cast.bruno)
    send_message(case, text="Seguimos mirando.", by=bruno, at=hours(5))
    gone, waiting = Letter.objects.filter(case=case, kind__in=["message", "response"]).order_by(
        "pk"
    )
    Letter.objects.filter(pk=gone.pk).update(state=Letter.State.SENDING)
    Letter.objects.filter(pk=waiting.pk).update(state=Letter.State.WAITING)
    withdraw(case, by=COMPLAINANT, at=hours(6))
    states = dict(Letter.objects.filter(case=case).values_list("kind", "state"))
    assert states.pop(gone.kind) == Letter.State.SENDING
    assert states == {
        "receipt": Letter.State.QUEUED,
        waiting.kind: Letter.State.CANCELLED,
        "withdrawal_received": Letter.State.QUEUED,
    }
    kept_back = Entry.objects.get(case=case, kind="letter.cancelled")
    assert kept_back.particulars == {"letter": waiting.pk, "letter_kind": waiting.kind}
    assert kept_back.seats == Seat.COMPANY
    assert not Alarm.objects.filter(case=case, settled_at=None).exists()


def test_measures_taken_afterwards_are_told(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    message = tell_measure(
        case, text="Hemos cambiado el programa.", by=staff(cast.bruno), at=days(30)
    )
    assert message.letter is not None
    assert "Hemos cambiado el programa." in message.letter.body
    assert again(case).stage == Stage.CLOSED
    for stranger in (cast.dario, cast.gia):
        with refusing(case, "not_permitted"):
            tell_measure(case, text="-", by=staff(stranger), at=days(31))
    running = a_case(cast, stage=Stage.ANSWERED)
    with refusing(running, "not_closed"):
        tell_measure(running, text="-", by=staff(cast.bruno), at=days(1))
