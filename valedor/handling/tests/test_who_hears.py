"""Letters name the very bodies that are there on their day, for this person's place."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast, a_body, a_case, days, hours
from valedor.bodies.actions.join import join
from valedor.casefile.actors import staff
from valedor.casefile.models import Letter, Stage
from valedor.handling.actions.respond import respond
from valedor.handling.actions.sweep import sweep
from valedor.intake.submission import PersonGiven

TODAY = date(2026, 11, 20)


@pytest.fixture
def boards(cast: Cast) -> None:
    a_body(
        "ct",
        name={"es": "Junta Arbitral de Cataluña", "ca": "Junta Arbitral de Catalunya"},
        address="Carrer Nou, 2\nBarcelona",
        form_url="https://ct.example/",
    )
    a_body(
        "bdn", name={"ca": "Junta de Badalona"}, municipality="Badalona", telephone="934 000 000"
    )
    a_body("gone", name={"es": "Junta cerrada"}, valid_until=date(2026, 11, 19))


def answer_in(cast: Cast, language: str, **person: Any) -> str:
    given = PersonGiven(name="Ana Puig", email="ana@example.org", **person)
    case = a_case(cast, stage=Stage.DECIDED, language=language, person=given)
    response = respond(case, by=staff(cast.bruno), at=hours(5))
    assert response.letter is not None
    return response.letter.body


@pytest.mark.usefixtures("boards")
@pytest.mark.parametrize(
    ("language", "where"),
    [
        (
            "es",
            "Dónde: Junta Arbitral de Cataluña (Carrer Nou, 2, Barcelona; https://ct.example/).",
        ),
        ("ca", "On: Junta Arbitral de Catalunya (Carrer Nou, 2, Barcelona; https://ct.example/)."),
        (
            "en",
            "Where: Junta Arbitral de Cataluña (Carrer Nou, 2, Barcelona; https://ct.example/).",
        ),
        ("pt-br", "Onde: Junta Arbitral de Cataluña (Carrer Nou, 2, Barcelona; "),
    ],
)
def test_the_answer_names_the_body_with_address_and_form(
    cast: Cast, language: str, where: str
) -> None:
    body = answer_in(cast, language)
    assert where in body
    assert "Junta cerrada" not in body
    assert "Badalona" not in body


@pytest.mark.usefixtures("boards")
def test_whoever_lives_in_a_town_with_a_body_is_shown_it_first(cast: Cast) -> None:
    body = answer_in(cast, "ca", place="Badalona")
    assert "On: Junta de Badalona (934 000 000). On: Junta Arbitral de Catalunya (" in body
    by_address = answer_in(cast, "ca", postal_address="Carrer Major, 1\n08911 Badalona")
    assert "On: Junta de Badalona (934 000 000)." in by_address


@pytest.mark.usefixtures("boards")
def test_the_letter_about_silence_names_it_too(cast: Cast) -> None:
    given = PersonGiven(name="Ana Puig", email="ana@example.org", place="Badalona")
    case = a_case(cast, stage=Stage.INVESTIGATION, language="ca", person=given)
    sweep(at=days(16))
    body = Letter.objects.get(case=case, kind="no_answer_in_time").body
    assert "On: Junta de Badalona (934 000 000). On: Junta Arbitral de Catalunya (" in body


@pytest.mark.usefixtures("boards")
def test_the_answer_says_what_the_company_has_joined_and_up_to_which_amount(cast: Cast) -> None:
    assert "Participamos en el sistema arbitral de consumo." in answer_in(cast, "es")
    join(
        cast.besos, "ct", valid_from=TODAY, valid_until=TODAY,
        subjects={"es": "facturas", "ca": "factures", "en": "bills"}, by=None, at=hours(4),
    )  # fmt: skip
    assert (
        "arbitraje de consumo y lo aceptamos de antemano ante: Junta Arbitral de Cataluña "
        "(facturas)."
    ) in answer_in(cast, "es")


@pytest.mark.usefixtures("boards")
def test_whoever_left_is_no_longer_told_as_having_joined(cast: Cast) -> None:
    join(cast.besos, "ct", valid_from=date(2025, 1, 1), valid_until=date(2026, 11, 19), by=None,
         at=hours(4))  # fmt: skip
    assert "No participamos en ningún sistema" in answer_in(cast, "es")
