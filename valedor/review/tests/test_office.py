"""A refused complaint before the ombudsman: from the letter of the company to the opinion, and what
each side sees of it.
"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast, a_case, again, days, refusing
from valedor.casefile.access import cases_visible_to
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import (
    Case,
    Deadline,
    Entry,
    Grievance,
    Letter,
    ReadEntry,
    Stage,
)
from valedor.casefile.seats import BOTH_SIDES, OFFICE_FILE
from valedor.casefile.viewing import complainant_of, viewer_of, viewing
from valedor.config.timetable import TIMETABLE
from valedor.desk.queries.reads import reads_page
from valedor.handling.models import Alarm, Decision, Redress
from valedor.review.office.access import file_for, files_visible_to, looking_at_the_companys_file
from valedor.review.office.actions.admit import admit, ask_missing, come_back, pass_on, refuse
from valedor.review.office.actions.bring import Filed, bring, bring_first_hand
from valedor.review.office.actions.hear import answer_hearing, ask, say, show
from valedor.review.office.actions.opine import (
    ConclusionGiven,
    answer_opinion,
    apply_principles,
    conclude,
    hold_proved,
    say_carried_out,
    sign,
    verify,
)
from valedor.review.office.actions.settle import answer, propose
from valedor.review.office.actions.take import note, recuse, take_up
from valedor.review.office.models import Hearing, Offer, Opinion, Proceeding, Statement
from valedor.review.tests.office_cast import Office, the_office

Side, State = Statement.Side, Proceeding.State


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    """Ana's case, answered."""
    return a_case(cast, stage=Stage.ANSWERED)


def brought(case: Case) -> Filed:
    return bring(case, text="No han mirado el contador.", by=COMPLAINANT, at=days(5))


def admitted(case: Case, office: Office) -> Case:
    file = brought(case).file
    take_up(file, by=office.by, at=days(6))
    admit(file, by=office.by, at=days(6))
    return again(file)


def state_of(file: Case) -> str:
    return str(Proceeding.objects.get(case=file).state)


def test_the_person_gets_a_receipt_and_the_company_learns_nothing(
    cast: Cast, office: Office, case: Case
) -> None:
    before = Entry.objects.filter(case=case).count()
    head = again(case).last_sequence
    filed = brought(case)
    assert filed.file.pk < 0
    assert filed.file.seats == int(OFFICE_FILE)
    assert [one.kind for one in Letter.objects.filter(case=filed.file)] == ["office_received"]
    letter = Letter.objects.get(case=filed.file)
    assert "Síndica de la clientela" in letter.body
    assert case.reference in letter.body
    assert Deadline.objects.get(case=filed.file).duty == "admit"
    # Nothing of the company's own case has moved, not even a number.
    assert (Entry.objects.filter(case=case).count(), again(case).last_sequence) == (before, head)
    for account in (cast.bruno, cast.carla, cast.hugo, cast.gia):
        with viewing(viewer_of(account)) as viewer:
            assert not Case.objects.filter(pk__lt=0).exists()
            assert not cases_visible_to(viewer).filter(pk__lt=0).exists()
            assert not files_visible_to(viewer).exists()
            assert not Proceeding.objects.exists()
            assert not Alarm.objects.filter(case=filed.file).exists()


def test_no_table_takes_a_row_of_a_file_with_the_companys_seat(
    cast: Cast, office: Office, case: Case
) -> None:
    file = brought(case).file
    point = Grievance.objects.filter(case=file)[0]
    with pytest.raises(IntegrityError, match="_office"), transaction.atomic():
        Grievance.objects.filter(pk=point.pk).update(seats=int(BOTH_SIDES))
    with pytest.raises(IntegrityError, match="_office"), transaction.atomic():
        Case.objects.filter(pk=file.pk).update(seats=int(BOTH_SIDES))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE policyname = tablename || '_wall' "
            "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = tablename || '_office')"
        )
        assert cursor.fetchall() == []


def test_from_the_statements_of_both_sides_to_an_opinion_that_is_carried_out(
    cast: Cast, office: Office, case: Case
) -> None:
    file = admitted(case, office)
    opinion_due = Deadline.objects.get(case=file, duty="respond")
    assert str(opinion_due.due_on) == "2027-01-26"  # Two months after the file was complete.
    ask(
        file, side=Side.COMPANY, text="¿Por qué dos cargos?", answer_by=days(20),
        by=office.by, at=days(7),
    )  # fmt: skip
    hearing = Hearing.objects.get(what=Hearing.What.STATEMENT)
    assert hearing.case_id == case.pk
    with viewing(viewer_of(cast.bruno)):
        lines = Entry.objects.filter(case=case, kind="office.addressed")
        assert [one.content.body for one in lines] == ["¿Por qué dos cargos?"]
        assert Hearing.objects.get().file_reference == file.reference
    answer_hearing(
        again(case), hearing=hearing, text="Fue un error del sistema.", by=staff(cast.bruno),
        at=days(9),
    )  # fmt: skip
    said = Statement.objects.get(case=file, side=Side.COMPANY)
    with viewing(complainant_of(file.pk)):
        assert not Statement.objects.filter(side=Side.COMPANY).exists()  # Not shown yet.
    with refusing(file, "incomplete"):
        sign(file, by=office.by, at=days(10))
    show(file, statement=said, text="", answer_by=days(20), by=office.by, at=days(10))
    with viewing(complainant_of(file.pk)):
        assert Statement.objects.get(side=Side.COMPANY).shared_text == "Fue un error del sistema."
    say(file, text="Entonces que lo devuelvan.", by=COMPLAINANT, at=days(11))
    theirs = Statement.objects.get(case=file, side=Side.COMPLAINANT)
    _draft(file, office)
    with refusing(file, "not_shown"):
        sign(file, by=office.by, at=days(12))
    show(file, statement=theirs, text="", answer_by=days(20), by=office.by, at=days(12))
    with refusing(file, "not_permitted"):
        sign(file, by=staff(office.nil), at=days(12))
    opinion = sign(file, by=office.by, at=days(13))
    assert state_of(file) == State.DECIDED
    letter = Letter.objects.get(case=file, kind="office_opinion")
    assert "Devuelva 24 €" in letter.body
    assert "Juzgado" in letter.body or "tribunal" in letter.body.lower()
    hearing = Hearing.objects.get(what=Hearing.What.OPINION)
    assert "Retorn" in hearing.text or "Devuelva 24 €" in hearing.text
    answer_opinion(
        again(case), hearing=hearing, accept=True, reasons="", by=staff(cast.bruno), at=days(15)
    )
    say_carried_out(
        again(case), hearing=hearing, text="Devuelto el 6.", by=staff(cast.bruno), at=days(16)
    )
    verify(file, is_done=True, text="Ana dice que sí.", by=office.by, at=days(20))
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.verified) == (Opinion.Answer.ACCEPTED, "done")
    assert (state_of(file), again(file).stage) == (State.CARRIED_OUT, Stage.CLOSED)


def _draft(file: Case, office: Office) -> None:
    hold_proved(
        file, text="Hubo dos cargos.", shown_by="Extracto del banco", by=office.by, at=days(11)
    )
    apply_principles(
        file, text="Nadie paga dos veces lo mismo.", binds=False, by=office.by, at=days(11)
    )
    for point in Grievance.objects.filter(case=file):
        conclude(
            file,
            given=ConclusionGiven(
                grievance=point,
                outcome=Decision.Outcome.UPHELD,
                reasons="Está probado.",
                to_do="Devuelva 24 €.",
                do_by=days(60).date(),
            ),
            by=office.by,
            at=days(11),
        )


def test_a_settlement_ends_the_matter_and_becomes_redress(
    cast: Cast, office: Office, case: Case
) -> None:
    file = admitted(case, office)
    offer = propose(
        file, side=Side.COMPANY, option="refund", text="", amount=Decimal(24), currency="EUR",
        answer_by=days(20), by=staff(cast.bruno), at=days(8),
    )  # fmt: skip
    with refusing(file, "own_offer"):
        answer(file, offer=offer, side=Side.COMPANY, accept=True, by=staff(cast.bruno), at=days(9))
    answer(file, offer=offer, side=Side.COMPLAINANT, accept=True, by=COMPLAINANT, at=days(9))
    assert state_of(file) == State.SETTLED
    redress = Redress.objects.get(case=case, kind="refund")
    assert redress.state == Redress.State.ACCEPTED
    assert redress.amount == 24
    assert redress.deadline is not None
    assert Offer.objects.get().state == Offer.State.ACCEPTED


def test_it_is_not_admitted_with_the_ground_and_every_other_door(
    cast: Cast, office: Office, case: Case
) -> None:
    file = brought(case).file
    refuse(
        file, ground=Proceeding.Refusal.ELSEWHERE, reasons="Un juzgado lo tiene.", by=office.by,
        at=days(6),
    )  # fmt: skip
    letter = Letter.objects.get(case=file, kind="office_word")
    assert "Un juzgado lo tiene." in letter.body
    assert "mediación pública de consumo" in letter.body
    assert "Los tribunales" in letter.body
    assert again(file).closed_at == days(6)
    brought(case)  # Nothing is taken away: it may be brought once more.


def test_what_is_missing_is_asked_for_and_starts_the_time_anew(office: Office, case: Case) -> None:
    file = brought(case).file
    ask_missing(
        file, text="Mándenos la factura.", send_by=days(16).date(), by=office.by, at=days(6)
    )
    assert (state_of(file), again(file).stage) == (State.INCOMPLETE, Stage.INCOMPLETE)
    say(file, text="Aquí está.", by=COMPLAINANT, at=days(8))
    assert state_of(file) == State.RECEIVED
    running = Deadline.objects.get(case=file, duty="admit", state="running")
    assert running.starts_at == days(8)


def test_first_hand_is_received_passed_on_and_comes_back_by_itself(
    cast: Cast, office: Office
) -> None:
    from tests.cast import a_submission

    filed = bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(1))
    pass_on(filed.file, by=office.by, at=days(2))
    proceeding = Proceeding.objects.get(case=filed.file)
    assert proceeding.about is not None
    assert proceeding.about.pk > 0
    assert proceeding.about.complainant_id == filed.file.complainant_id
    assert "valedor.review.tasks.back_to_the_office" in {task for _name, _when, task in TIMETABLE}
    assert come_back(at=days(40)) == 0
    assert come_back(at=days(70)) == 1
    assert come_back(at=days(71)) == 0
    assert state_of(filed.file) == State.RECEIVED
    admit(filed.file, by=office.by, at=days(71))
    assert state_of(filed.file) == State.ADMITTED


def test_too_early_says_from_when(cast: Cast, office: Office) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    with refusing(case, "too_early"):
        brought(case)
    filed = bring(case, text="Nadie responde.", by=COMPLAINANT, at=days(40))
    assert filed.proceeding.ground == Proceeding.Ground.NO_ANSWER


def test_an_ombudsman_with_a_tie_steps_back_and_the_substitute_goes_on(
    office: Office, case: Case
) -> None:
    file = admitted(case, office)
    recuse(file, reasons="Ana es mi prima.", by=office.by, at=days(7))
    assert again(file).holder == office.olga
    with viewing(viewer_of(office.felix)) as viewer:
        assert not files_visible_to(viewer).filter(pk=file.pk).exists()
    with refusing(file, "recused"):
        sign(file, by=office.by, at=days(8))


def test_what_the_office_deliberates_nobody_else_reads(
    cast: Cast, office: Office, case: Case
) -> None:
    file = admitted(case, office)
    note(file, text="Creo que tiene razón.", by=staff(office.nil), at=days(7))
    with viewing(complainant_of(file.pk)):
        kinds = set(Entry.objects.filter(case=file).values_list("kind", flat=True))
        assert "office.deliberated" not in kinds
    with viewing(viewer_of(office.felix)) as viewer:
        seen = Entry.objects.filter(case=file, kind="office.deliberated")
        assert seen.get().content.body == "Creo que tiene razón."
        assert file_for(viewer, file.reference) == file
        assert not Entry.objects.filter(case=case).exists()  # The company's file is not open…
        with looking_at_the_companys_file(viewer, file, case.pk, what="file", at=days(7)) as whole:
            assert Entry.objects.filter(case=whole).count() > 5  # …but by looking, which is noted.
    assert ReadEntry.objects.get(what="disclosure").case_id == file.pk
    with viewing(viewer_of(cast.gia)) as viewer:  # The log that auditors read tells nothing of it.
        assert reads_page(viewer, before=None).rows == []
