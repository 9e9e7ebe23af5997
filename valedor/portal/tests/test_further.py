"""The way up on the person's pages: opened by silence or by an answer, with dates and bodies."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import (
    Cast,
    a_body,
    a_case,
    acting,
    again,
    decide_all,
    letters_leave,
    under,
)
from valedor.bodies.actions.join import join
from valedor.bodies.taking_in import take_in_shipped
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Stage
from valedor.disputes.actions.conclude import conclude
from valedor.disputes.actions.turn_to_body import take_notice
from valedor.disputes.models import Referral
from valedor.disputes.referral.bodies import forum_of
from valedor.foundation.moments import local_day, now
from valedor.handling.actions.respond import respond
from valedor.handling.actions.sweep import sweep
from valedor.handling.models import Decision
from valedor.intake.submission import PersonGiven
from valedor.procedures.house_rules import house_rules

from .test_case import let_in, url_of
from .walking import text_of

LADDER = ("es-trlgdcu-21", "es-ct-consumer-code", "es-adr-7-2017", "generic-ombudsman")


def refused(cast: Cast, **more: Any) -> Case:
    case = a_case(cast, stage=Stage.INVESTIGATION, received_at=now() - timedelta(days=1), **more)
    with acting(cast):
        decide_all(case, staff(cast.bruno), now(), Decision.Outcome.NOT_UPHELD)
        respond(case, by=staff(cast.bruno), at=now())
        letters_leave(case, now())
    return case


def test_silence_shows_the_doors_by_itself_and_the_letter_says_so(cast: Cast) -> None:
    case = a_case(cast, received_at=now() - timedelta(days=20))
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert "We have not answered in time" in page
    assert "You need not wait any longer" in page
    assert "The consumer arbitration board" in page
    with acting(cast):
        sweep(at=now())
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert "We have not answered in time" in page
    assert "Word that the answer is late" in page


def test_a_case_that_waits_within_its_limits_shows_the_way_and_opens_nothing(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    visitor = let_in(cast, case)
    assert 'id="further"' not in text_of(visitor.get(url_of(case)))
    page = text_of(visitor.get(url_of(case, "/further")))
    assert "None of this is needed yet" in page
    assert "if nobody answers" in page


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("If you do not agree with this answer", "It is free of charge.", "What to bring")),
        ("es", ("Si no está de acuerdo con esta respuesta", "Es gratis.", "Qué llevar")),
        ("ca", ("Si no esteu d'acord amb aquesta resposta", "És de franc.", "Què cal portar")),
        ("pt-BR", ("Se não concordar com esta resposta", "É gratuito.", "O que levar")),
    ],
)
def test_a_refused_complaint_is_shown_every_door(
    cast: Cast, language: str, says: tuple[str, ...]
) -> None:
    under(cast, *LADDER, ombudsman_appointed=True)
    take_in_shipped("ES", by=None, at=now())
    case = refused(cast, person=PersonGiven(name="Ana", email="ana@example.org", place="Badalona"))
    page = text_of(let_in(cast, case, language).get(url_of(case, "/further"))).replace(
        "&#x27;", "'"
    )
    for words in says:
        assert words in page
    for anchor in ("second_look", "ombudsman", "consumer_office", "adr_entity", "court"):
        assert f'id="{anchor}"' in page
    order = [page.index(f'id="{one}"') for one in ("second_look", "ombudsman", "court")]
    assert order == sorted(order)
    assert page.index("Badalona</h3>") < page.index("Catalunya</h3>" if "Catalunya</h3>" in page
                                                    else "Cataluña</h3>")  # fmt: skip
    assert "OMIC del Ayuntamiento" not in page
    assert "OMIC de l'Ajuntament" not in page


def test_another_town_and_an_amount_show_who_hears_it_then(cast: Cast) -> None:
    take_in_shipped("ES", by=None, at=now())
    a_body("small", name={"en": "Small board"}, amount_until=Decimal(300), currency="EUR")
    case = refused(cast)
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case, "/further")))
    assert "Small board" in page
    assert "Junta Arbitral de Consumo de Barcelona" not in page
    page = text_of(visitor.get(url_of(case, "/further?town=Barcelona&amount=1.500,00")))
    assert "Junta Arbitral de Consumo de Barcelona" in page
    assert "Not for this amount: Small board." in page
    assert 'value="1.500,00"' in page


@pytest.mark.parametrize("typed", ["-5", "a lot", "NaN", "1e40", "5;"])
def test_an_amount_that_is_none_gets_a_sentence_and_stays_typed(cast: Cast, typed: str) -> None:
    take_in_shipped("ES", by=None, at=now())
    case = refused(cast)
    shown = let_in(cast, case).get(url_of(case, f"/further?amount={typed.replace(';', '%3B')}"))
    assert shown.status_code == 200
    assert "Write the amount in digits" in text_of(shown)
    assert f'value="{typed}"' in text_of(shown)


def test_a_town_nobody_knows_is_said_and_never_shown_raw(cast: Cast) -> None:
    take_in_shipped("ES", by=None, at=now())
    case = refused(cast)
    shown = let_in(cast, case).get(url_of(case, "/further?town=%3Cscript%3E"))
    assert shown.status_code == 200
    assert "<script>" not in text_of(shown).split("<main", 1)[1]
    assert 'id="court"' in text_of(shown)


def test_what_the_company_joined_is_said_and_what_it_means_if_not(cast: Cast) -> None:
    a_body("ct", name={"en": "The board"})
    case = refused(cast)
    visitor = let_in(cast, case)
    assert "it can begin without asking us" in text_of(visitor.get(url_of(case, "/further")))
    join(cast.besos, "ct", valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31), by=None,
         at=now())  # fmt: skip
    page = text_of(visitor.get(url_of(case, "/further")))
    assert "We left it on 31 December 2025." in page
    assert "10 business days to accept" in page


def test_a_body_that_closed_is_not_shown_from_the_day_after(cast: Cast) -> None:
    a_body("ct", name={"en": "The board"}, valid_until=(now() + timedelta(days=3)).date())
    case = refused(cast)
    visitor = let_in(cast, case)
    assert "The board" in text_of(visitor.get(url_of(case, "/further")))
    later = now() + timedelta(days=5)
    with patch("valedor.portal.inside.now", lambda: later):
        assert "The board" not in text_of(visitor.get(url_of(case, "/further")))


def test_the_ombudsman_has_a_button_where_there_is_a_page_for_it(cast: Cast) -> None:
    under(cast, *LADDER, ombudsman_appointed=True)
    case = refused(cast)
    visitor = let_in(cast, case)
    for url, is_there in (("", False), ("/besos/ombudsman", True)):
        with patch("valedor.portal.further.ombudsman_url", lambda _place, url=url: url):
            page = text_of(visitor.get(url_of(case, "/further")))
        assert ('href="/besos/ombudsman"' in page) is is_there


def test_the_page_asks_little_and_weighs_little(cast: Cast) -> None:
    under(cast, *LADDER, ombudsman_appointed=True)
    take_in_shipped("ES", by=None, at=now())
    case = refused(cast, person=PersonGiven(name="Ana", email="ana@example.org", place="Barcelona"))
    visitor = let_in(cast, case)
    for page, most in (("", 8), ("/further", 10)):
        visitor.get(url_of(case, page))
        with CaptureQueriesContext(connection) as asked:
            shown = visitor.get(url_of(case, page))
        assert len(asked) <= most
        assert len(shown.content) < 40_000


def test_after_a_judgment_the_courts_alone_are_left(cast: Cast) -> None:
    under(cast, *LADDER)
    case = refused(cast)
    visitor = let_in(cast, case)
    assert "A second look by somebody else" in text_of(visitor.get(url_of(case, "/further")))
    by, on = staff(cast.bruno), local_day(now(), "Europe/Madrid")
    court = forum_of(house_rules(cast.besos.pk), "kind:court", language="en", on=on)
    with acting(cast):
        referral = take_notice(
            again(case), forum=court, notified_at=now(), text="The claim.",
            answer_by=on + timedelta(days=9), by=by, at=now(),
        )  # fmt: skip
        conclude(
            again(case), referral=referral, result=Referral.Result.NOT_UPHELD, text="Dismissed.",
            concluded_on=on, binds=False, by=by, at=now(),
        )  # fmt: skip
    assert "It has been decided for both sides" in text_of(visitor.get(url_of(case)))
    page = text_of(visitor.get(url_of(case, "/further")))
    assert "A second look by somebody else" not in page
    assert "The courts" in page
