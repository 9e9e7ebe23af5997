"""The way up: what opens it, in which order, by when, and who stands behind each door."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast, a_body, a_case, again, days, decide_all, letters_leave, under
from valedor.bodies.actions.join import join
from valedor.bodies.finding import Dispute
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Kind, Stage
from valedor.disputes.openings import Why
from valedor.disputes.way_up import Joined, Rung, WayUp, way_up
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.respond import respond
from valedor.handling.models import Decision, Response
from valedor.handling.queries import case_state
from valedor.review.actions.contest import contest

HERE = Dispute("ES", "ES-CT", town="Badalona", sector="water")
AT = days(1)


def seen(case: Case, dispute: Dispute = HERE) -> WayUp:
    answers = list(
        Response.objects.filter(case=case, replaced_at=None).exclude(sent_at=None).order_by("pk")
    )
    deadlines = list(Deadline.objects.filter(case=case))
    return way_up(case_state(again(case)), answers, deadlines, dispute, at=AT)


def answered(cast: Cast, outcome: Decision.Outcome) -> Case:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    decide_all(case, staff(cast.bruno), days(0.5), outcome)
    respond(case, by=staff(cast.bruno), at=days(0.6))
    letters_leave(case, days(0.7))
    return again(case)


def rung(way: WayUp, kind: str) -> Rung:
    return next(one for one in way.rungs if one.kind == kind)


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Decision.Outcome.UPHELD, None),
        (Decision.Outcome.PARTLY_UPHELD, Why.PARTLY),
        (Decision.Outcome.NOT_UPHELD, Why.REFUSED),
    ],
)
def test_an_answer_that_gives_less_than_all_opens_it(
    cast: Cast, outcome: Decision.Outcome, why: Why | None
) -> None:
    assert seen(answered(cast, outcome)).why is why


def test_whoever_accepted_the_answer_is_not_sent_further(cast: Cast) -> None:
    case = answered(cast, Decision.Outcome.PARTLY_UPHELD)
    accept_answer(case, by=COMPLAINANT, at=days(0.8))
    assert seen(case).why is None


def test_a_contested_answer_opens_it_while_the_second_look_runs(cast: Cast) -> None:
    case = answered(cast, Decision.Outcome.UPHELD)
    assert seen(case).second_look.state == "open"
    contest(case, reasons="No es eso.", by=COMPLAINANT, at=days(0.9))
    way = seen(case)
    assert way.why is Why.CONTESTED
    assert way.second_look.state == "runs"
    assert way.second_look.answer_by is not None
    assert rung(way, "consumer_arbitration_board").is_open


def test_an_enquiry_has_no_way_up(cast: Cast) -> None:
    assert seen(a_case(cast, kind=Kind.ENQUIRY)).why is None


def test_the_doors_stand_in_the_order_of_the_ladder_and_court_is_always_open(cast: Cast) -> None:
    regimes = ("es-trlgdcu-21", "es-ct-consumer-code", "es-lsac-2025", "generic-ombudsman")
    under(cast, *regimes, large_company=True, basic_service=True, ombudsman_appointed=True)
    way = seen(a_case(cast))
    order = [one.instance for one in way.rungs]
    ladder = ["ombudsman", "mediation", "arbitration", "sector_body", "supervisor", "court"]
    assert [one for one in ladder if one in order] == list(dict.fromkeys(order))
    assert order[0] == "ombudsman"
    assert order[-1] == "court"
    assert rung(way, "court").is_open
    assert not rung(way, "ombudsman").is_open


def test_the_bodies_of_the_persons_place_trade_and_amount_are_named(cast: Cast) -> None:
    a_body("ct", amount_until=Decimal(600), currency="EUR")
    a_body("bdn", municipality="Badalona")
    a_body("bcn", municipality="Barcelona")
    a_body("trains", sectors=["trains"])
    a_body("over", valid_until=date(2026, 11, 20))
    case = answered(cast, Decision.Outcome.NOT_UPHELD)
    board = rung(seen(case), "consumer_arbitration_board")
    assert [one.body.key for one in board.heard] == ["bdn", "ct"]
    dear = replace(HERE, amount=Decimal(900), currency="EUR")
    board = rung(seen(case, dear), "consumer_arbitration_board")
    assert [one.body.key for one in board.heard] == ["bdn"]
    assert [one.key for one in board.beyond] == ["ct"]


def joined(way: WayUp) -> Joined:
    (heard,) = rung(way, "consumer_arbitration_board").heard
    assert heard.joined is not None
    return heard.joined


def test_what_the_entity_has_joined_says_whether_arbitration_is_open(cast: Cast) -> None:
    a_body("ct")
    case = answered(cast, Decision.Outcome.NOT_UPHELD)
    assert joined(seen(case)).accepts is True  # What the entity answered once, for want of rows.
    join(
        cast.besos, "ct", valid_from=date(2025, 1, 1), amount_until=Decimal(600), currency="EUR",
        by=None, at=AT,
    )  # fmt: skip
    assert joined(seen(case)).accepts is True
    dear = joined(seen(case, replace(HERE, amount=Decimal(601), currency="EUR")))
    assert (dear.accepts, dear.is_beyond) == (False, True)
    join(
        cast.besos, "ct", valid_from=date(2025, 1, 1), valid_until=date(2026, 11, 1), by=None, at=AT
    )
    left = joined(seen(case))
    assert (left.accepts, left.left_on) == (False, date(2026, 11, 1))
    assert left.asked_for is not None
