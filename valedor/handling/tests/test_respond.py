"""The answer: composed whole, refused while something is missing, counted once taken over."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.cast import (
    Cast,
    a_case,
    again,
    days,
    hours,
    kinds_of,
    letters_leave,
    refusing,
    the_response,
    under,
)
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Entry, Kind, Letter, Stage
from valedor.handling.actions.answered import letter_accepted, letter_refused
from valedor.handling.actions.offer_redress import offer_redress
from valedor.handling.actions.recuse import recuse
from valedor.handling.actions.respond import preview_response, respond
from valedor.handling.actions.send_message import send_message
from valedor.handling.models import Alarm, Redress
from valedor.intake.submission import PersonGiven
from valedor.people.models import Entity
from valedor.procedures.models import RedressOption


def states_of(case: Case, duty: str) -> set[str]:
    return set(Deadline.objects.filter(case=case, duty=duty).values_list("state", flat=True))


def test_writes_a_letter_with_every_point_and_waits_for_it_to_leave(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    response = respond(case, by=staff(cast.bruno), at=hours(5), opening="Lo hemos revisado.")
    assert response.letter is not None
    for words in ("Me cobran dos veces.", "Nadie respondió.", "Lo hemos revisado.", "cláusula 4"):
        assert words in response.letter.body
    assert again(case).stage == Stage.ANSWERED_NOT_SENT
    assert kinds_of(case)[-1] == "case.response_written"
    assert states_of(case, "respond") == {"running"}


def test_counts_when_the_letter_was_taken_over(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    letters_leave(case, hours(6))
    assert again(case).stage == Stage.ANSWERED
    assert states_of(case, "respond") == {"met"}
    assert states_of(case, "first_answer") == {"met"}
    assert the_response(case).sent_at == hours(6)
    answered = Entry.objects.get(case=case, kind="case.answered")
    assert "Me cobran dos veces." in answered.content.body
    assert "⟦" not in answered.content.body


def test_counts_once_however_often_the_follower_runs(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    before = kinds_of(case)
    letter = Letter.objects.get(case=case, kind="response")
    letter_accepted(again(case), letter=letter, at=hours(9))
    assert kinds_of(case) == before


def test_opens_again_when_the_letter_comes_back(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    letter = Letter.objects.get(case=case, kind="response")
    for _twice in range(2):
        letter_refused(again(case), letter=letter, at=hours(6))
    assert again(case).stage == Stage.DECIDED
    assert kinds_of(case).count("case.response_failed") == 1
    alarm = Alarm.objects.get(case=case, cause=Alarm.Cause.LETTER_FAILED)
    assert alarm.account == cast.bruno
    assert states_of(case, "respond") == {"running"}
    respond(case, by=staff(cast.bruno), at=hours(7))
    assert again(case).stage == Stage.ANSWERED_NOT_SENT


def test_the_time_to_react_begins_with_the_letter_that_arrives(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    first = the_response(case)
    letter = Letter.objects.get(case=case, kind="response")
    letter_refused(again(case), letter=letter, at=days(2))
    first.refresh_from_db()
    assert (first.sent_at, first.react_by) == (None, None)
    letter_accepted(again(case), letter=letter, at=days(3))
    first.refresh_from_db()
    assert (first.sent_at, first.react_by) == (days(3), datetime(2026, 12, 3, 23, tzinfo=UTC))
    first_told, then_told = Entry.objects.filter(case=case, kind="case.answered").order_by("at")
    assert first_told.particulars["react_by"] == "2026-11-30T23:00:00+00:00"
    assert then_told.particulars["react_by"] == "2026-12-03T23:00:00+00:00"


def test_the_days_to_react_are_counted_where_the_entity_is(cast: Cast) -> None:
    """At 0:30 on the 21st in Madrid it is still the 20th by UTC."""
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    letters_leave(case, datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert the_response(case).react_by == datetime(2026, 12, 1, 23, tzinfo=UTC)


def test_on_the_last_day_it_is_in_time_and_after_it_late(cast: Cast) -> None:
    last_minute = days(15).replace(hour=22, minute=59)
    for at, in_time in ((last_minute, True), (days(16), False)):
        case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
        law = Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")
        assert law.due_on is not None
        assert law.due_on.isoformat() == "2026-12-05"
        letters_leave(case, at)
        met = Entry.objects.filter(case=case, kind="limits.met")
        respond_met = [one for one in met if one.particulars["duty"] == "respond"]
        law_met = Deadline.objects.get(pk=law.pk)
        assert law_met.state == Deadline.State.MET
        assert (law_met.met_at < law_met.due_at) is in_time  # type: ignore[operator]
        assert len(respond_met) == 1


def test_refuses_while_a_grievance_is_undecided(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    with refusing(case, "undecided"):
        respond(case, by=staff(cast.bruno), at=hours(5))


def test_refuses_while_redress_waits_for_approval(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    refund = RedressOption.objects.get(entity=cast.besos, key="refund")
    offer_redress(
        case, option=refund, amount=Decimal(101), currency="EUR", by=staff(cast.bruno), at=hours(4)
    )
    with refusing(case, "awaiting_approval"):
        respond(case, by=staff(cast.bruno), at=hours(5))


def test_refuses_while_the_letter_lacks_what_the_law_asks_for(cast: Cast) -> None:
    del cast.besos.facts["trader_adhered"]
    under(cast, "es-trlgdcu-21", "iso-10002")
    case = a_case(cast, stage=Stage.DECIDED)
    shown = preview_response(case, by=staff(cast.bruno), at=hours(5))
    assert shown.refusal is not None
    assert shown.refusal.code == "content_missing"
    assert len(shown.missing) == 1
    with refusing(case, "content_missing"):
        respond(case, by=staff(cast.bruno), at=hours(5))
    respond(
        case,
        by=staff(cast.bruno),
        at=hours(5),
        places={"participation": "No participamos en el arbitraje de consumo."},
    )
    assert again(case).stage == Stage.ANSWERED_NOT_SENT


def test_refuses_a_second_answer(cast: Cast) -> None:
    for stage, code in (
        (Stage.ANSWERED_NOT_SENT, "not_sent_yet"),
        (Stage.ANSWERED, "already_answered"),
    ):
        case = a_case(cast, stage=stage)
        with refusing(case, code):
            respond(case, by=staff(cast.bruno), at=hours(9))


def test_only_whoever_is_responsible_or_leads_answers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    berta = cast.join("berta")
    with refusing(case, "not_responsible"):
        respond(case, by=staff(berta), at=hours(5))
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo, cast.felix):
        with refusing(case, "not_permitted"):
            respond(case, by=staff(stranger), at=hours(5))
    with refusing(case, "not_permitted"):
        respond(case, by=COMPLAINANT, at=hours(5))
    respond(case, by=staff(cast.carla), at=hours(5))
    assert again(case).stage == Stage.ANSWERED_NOT_SENT


def test_whoever_is_recused_does_not_answer(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    recuse(case, account=cast.bruno, reason="His sister.", by=staff(cast.bruno), at=hours(4))
    with refusing(case, "recused"):
        respond(case, by=staff(cast.bruno), at=hours(5))


def test_an_enquiry_is_served_with_a_word(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.ENQUIRY, grievances=())
    with refusing(case, "empty"):
        respond(case, by=staff(cast.bruno), at=hours(1))
    response = respond(case, by=staff(cast.bruno), at=hours(1), opening="Abrimos a las nueve.")
    assert response.letter is not None
    assert "Abrimos a las nueve." in response.letter.body


def test_a_word_names_those_whom_the_law_has_it_name_and_nobody_else(cast: Cast) -> None:
    """Ley 10/2025, art. 13.7 and 13.8, adopted before it binds."""
    Entity.objects.filter(pk=cast.besos.pk).update(promised_regimes=["es-lsac-2025"])
    under(cast, "es-trlgdcu-21", "es-ct-consumer-code", basic_service=True)
    case = a_case(cast, kind=Kind.ENQUIRY, grievances=(), facts={"matter_other": True})
    response = respond(case, by=staff(cast.bruno), at=hours(1), opening="Abrimos a las nueve.")
    assert response.letter is not None
    named = [line for line in response.letter.body.splitlines() if line.startswith("- ")]
    assert [line.partition(",")[0].partition(".")[0] for line in named] == [
        "- Una entidad acreditada de resolución de litigios de consumo",
        "- El organismo de resolución de litigios del sector",
        "- La Junta Arbitral de Consumo",
    ]


def test_an_anonymous_case_is_answered_on_its_page(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED, person=PersonGiven())
    Case.objects.filter(pk=case.pk).update(complainant=None)
    response = respond(again(case), by=staff(cast.bruno), at=hours(5))
    assert response.letter is None
    assert again(case).stage == Stage.ANSWERED
    assert states_of(case, "respond") == {"met"}


def test_offers_are_made_with_the_answer(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    options = {one.key: one for one in RedressOption.objects.filter(entity=cast.besos)}
    bruno = staff(cast.bruno)
    offer_redress(case, option=options["apology"], by=bruno, at=hours(4))
    offer_redress(case, option=options["repair"], by=bruno, at=hours(4))
    offer_redress(
        case,
        option=options["refund"],
        amount=Decimal("84.20"),
        currency="EUR",
        needs_acceptance=True,
        by=bruno,
        at=hours(4),
    )
    assert "redress.offered" not in kinds_of(case)
    response = respond(case, by=bruno, at=hours(5))
    assert response.letter is not None
    assert "84,20" in response.letter.body
    letters_leave(case, hours(6))
    states = dict(Redress.objects.filter(case=case).values_list("kind", "state"))
    assert states == {"apology": "carried_out", "repair": "accepted", "refund": "offered"}
    assert kinds_of(case).count("redress.offered") == 3
    owed = Deadline.objects.get(case=case, duty="carry_out_redress")
    assert Redress.objects.get(case=case, kind="repair").deadline == owed


def test_tells_until_when_the_answer_can_be_taken_further(cast: Cast) -> None:
    """To the postal regulator, a month (Ley 43/2010, art. 10); the 20th is a Sunday."""
    under(cast, "es-trlgdcu-21", "es-postal", postal_operator=True)
    case = a_case(cast, stage=Stage.DECIDED)
    response = respond(case, by=staff(cast.bruno), at=hours(5))
    assert response.letter is not None
    assert "\n- La CNMC, hasta el 21 de diciembre de 2026. Es gratis." in response.letter.body
    assert "a más tardar el 30 de noviembre de 2026 y lo revisará" in response.letter.body
    assert response.contest_by is None
    letters_leave(case, days(2))
    counted = the_response(case).contest_by
    assert counted is not None
    assert counted.isoformat() == "2026-12-22T23:00:00+00:00"
    answered = Entry.objects.get(case=case, kind="case.answered")
    assert answered.particulars["contest_by"] == counted.isoformat()


def test_names_no_day_where_no_rule_sets_one(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    assert the_response(case).contest_by is None
    letter = Letter.objects.get(case=case, kind="response")
    assert "lo revisará otra persona" in letter.body
    assert "hasta el" not in letter.body


def test_lists_those_to_turn_to_once_each_the_nearest_first(cast: Cast) -> None:
    under(cast, "es-trlgdcu-21", "es-ct-consumer-code", "generic-ombudsman")
    case = a_case(cast, stage=Stage.DECIDED)
    response = respond(case, by=staff(cast.bruno), at=hours(5))
    assert response.letter is not None
    listed = [line[2:] for line in response.letter.body.splitlines() if line.startswith("- ")]
    assert [line.partition(".")[0] for line in listed] == [
        "El defensor de la clientela",
        "La oficina municipal de información al consumidor (OMIC)",
        "La mediación pública de consumo",
        "La Agencia Catalana del Consumo",
        "Una entidad acreditada de resolución de litigios de consumo",
        "La Junta Arbitral de Consumo",
        "Los tribunales",
    ]
    assert listed[5].endswith("Consumo. Es gratis. Su decisión obliga a las dos partes.")


def test_a_dispute_body_is_named_with_the_day_after_which_it_may_turn_away(cast: Cast) -> None:
    """A year from the complaint to the company (Ley 7/2017, art. 18.1.e)."""
    under(cast, "es-trlgdcu-21", "es-adr-7-2017")
    case = a_case(cast, stage=Stage.DECIDED)
    response = respond(case, by=staff(cast.bruno), at=hours(5))
    assert response.letter is not None
    assert (
        "litigios de consumo, hasta el 20 de noviembre de 2027. Es gratis." in response.letter.body
    )
    letters_leave(case, hours(6))
    assert the_response(case).contest_by is None  # No day runs from the answer.


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tell us by 30 November 2026, with your reasons, and someone else will look at it."),
        ("es", "Díganoslo, con sus razones, a más tardar el 30 de noviembre de 2026 y lo revisará"),
        ("ca", "com a molt tard el 30 de novembre del 2026 i ho revisarà una altra persona."),
        ("pt-br", "Diga-nos até 30 de novembro de 2026, com suas razões, e outra pessoa vai"),
    ],
)
def test_tells_until_when_one_can_disagree(cast: Cast, language: str, words: str) -> None:
    letter = Letter.objects.get(
        case=a_case(cast, stage=Stage.ANSWERED, language=language), kind="response"
    )
    assert words in letter.body
    assert letter.body.count("30 ") == 1


def test_a_word_says_how_long_it_waits_for_theirs(cast: Cast) -> None:
    for kind, is_told in ((Kind.ENQUIRY, True), (Kind.THANKS, False)):
        case = a_case(cast, kind=kind, grievances=())
        response = respond(case, by=staff(cast.bruno), at=hours(1), opening="Abrimos a las nueve.")
        assert response.letter is not None
        told = "escríbanos a más tardar el 30 de noviembre de 2026." in response.letter.body
        assert told is is_told
    message = send_message(case, text="Hasta pronto.", by=staff(cast.bruno), at=hours(2))
    assert message.letter is not None
    assert "escríbanos" not in message.letter.body


def test_where_to_turn_next_can_be_typed_a_line_each(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    typed = {"next_steps": "la OMIC de Badalona\n\nel Síndic de la ciutat"}
    response = respond(case, by=staff(cast.bruno), at=hours(5), places=typed)
    assert response.letter is not None
    assert "\n- la OMIC de Badalona.\n- el Síndic de la ciutat.\n- Una entidad" in (
        response.letter.body
    )


def test_a_content_that_no_door_brings_is_asked_and_stands_in_the_list(cast: Cast) -> None:
    """GDPR, art. 12.4: whoever is refused is told of the authority and the courts."""
    under(cast, "eu-gdpr", data_request=True)
    case = a_case(cast, kind=Kind.DATA_REQUEST, stage=Stage.DECIDED)
    shown = preview_response(case, by=staff(cast.bruno), at=hours(5))
    assert shown.missing == ("the authority and the courts",)
    typed = {"next_steps.authority_and_courts": "La Autoridad Catalana de Protección de Datos."}
    shown = preview_response(case, by=staff(cast.bruno), at=hours(5), places=typed)
    assert shown.missing == ()
    assert "\n- La Autoridad Catalana de Protección de Datos.\n- " in shown.body
