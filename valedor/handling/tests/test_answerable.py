"""No rule of any pack asks an answer to hold what none of our letters can say."""

import pytest

from tests.cast import Cast, a_case, decide_all, hours, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Deadline, Kind, Stage
from valedor.handling.actions.assess import assess
from valedor.handling.actions.respond import respond
from valedor.handling.actions.take import take
from valedor.handling.answer_letter import owed_by
from valedor.handling.queries import SERVED_WITH_A_WORD
from valedor.people.models import Configuration, Entity
from valedor.procedures.catalogue import catalogue
from valedor.procedures.letter_templates import shipped_letters

ANSWERS = {
    f"{pack.key}/{clock.name}": clock
    for pack in catalogue().packs()
    for clock in pack.clocks.values()
    if clock.duty == "respond" and clock.on == "company"
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_clock_of_an_answer_can_be_met_by_each_letter_that_answers(name: str) -> None:
    clock = ANSWERS[name]
    keys = ["response", "inadmission"]
    if set(clock.kinds) & SERVED_WITH_A_WORD:
        keys.append("message")
    for key in keys:
        unsaid = set(owed_by(key, clock.must_hold)) - set(shipped_letters()[key].contents)
        assert not unsaid, f"the letter {key} cannot say {unsaid}"


def a_contested_charge(cast: Cast) -> Case:
    Entity.objects.filter(pk=cast.ipe.pk).update(
        regimes=["br-telecom"],
        facts={"consumer_relation": True, "telecoms_operator": True, "trader_adhered": True},
    )
    Configuration.objects.update(number=99)
    case = a_case(
        cast,
        entity_id=cast.ipe.pk,
        language="pt-br",
        kind=Kind.CLAIM,
        category_id=None,
        facts={"matter_billing": True},
        stage=Stage.RECEIVED,
    )
    assert Deadline.objects.filter(case=case, clock="contest_answer").exists()
    take(case, by=staff(cast.dario), at=hours(1))
    return case


def test_a_contested_charge_that_is_not_dealt_with_is_answered(cast: Cast) -> None:
    """Anatel RGC: the answer to a contested charge says what becomes of the bill."""
    case = a_contested_charge(cast)
    dario = staff(cast.dario)
    assess(
        case,
        severity=1,
        difficulty="simple",
        is_admissible=False,
        inadmission_ground="out_of_time",
        reasons="A cobrança é de 2019.",
        by=dario,
        at=hours(2),
    )
    decide_all(case, dario, hours(3))
    with refusing(case, "content_missing"):
        respond(case, by=dario, at=hours(4))
    words = {"bill": "O valor continua devido e não há nova fatura."}
    response = respond(case, by=dario, at=hours(4), places=words)
    assert response.letter is not None
    assert response.template_key == "inadmission"
    assert words["bill"] in response.letter.body


def test_a_contested_charge_is_answered_with_the_new_bill(cast: Cast) -> None:
    case = a_contested_charge(cast)
    dario = staff(cast.dario)
    assess(case, severity=1, difficulty="simple", by=dario, at=hours(2))
    decide_all(case, dario, hours(3))
    with refusing(case, "content_missing"):
        respond(case, by=dario, at=hours(4))
    response = respond(case, by=dario, at=hours(4), places={"new_bill": "Fatura 12-B, R$ 40,00."})
    assert response.letter is not None
    assert "Nova fatura, sem o valor contestado: Fatura 12-B" in response.letter.body
