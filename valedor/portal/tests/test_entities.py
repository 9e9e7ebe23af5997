"""How to complain, the notices, and the calculator."""

import re

import pytest
from django.db.models import F

from tests.cast import Cast
from valedor.people.models import Configuration, Entity, RoleGrant
from valedor.procedures.models import Category

from .walking import Visitor, text_of


def test_lists_the_entities(cast: Cast) -> None:
    page = text_of(Visitor().get("/"))
    assert "Aigües del Besòs" in page
    assert "Ipê Telecom" in page


def test_goes_straight_to_the_only_one(cast: Cast) -> None:
    cast.elsewhere.entities.clear()
    for grant in RoleGrant.objects.all():
        grant.entities.remove(cast.ipe)
    Entity.objects.filter(pk=cast.ipe.pk).delete()
    assert Visitor().get("/")["Location"] == "/besos/"


def test_says_how_to_complain(cast: Cast) -> None:
    page = text_of(Visitor().get("/besos/"))
    for words in (
        "900 123 456",
        "Monday to Friday, 9 to 19 h",
        "Free of charge",
        "At the latest on",
        "<h3>Sooner</h3>",
        "<b>Billing</b>",
        "90 calendar days",
        "The customer ombudsman",
        "Its decision binds both sides.",
        "You can go to court at any time.",
    ):
        assert words in page


def test_an_unknown_entity_is_not_found(cast: Cast) -> None:
    for page in ("", "complain", "case", "privacy", "case/2026-001000-T"):
        assert Visitor().get(f"/nobody/{page}").status_code == 404


def test_shows_the_notices(cast: Cast) -> None:
    assert "Version 3" in text_of(Visitor().get("/besos/privacy"))
    assert "2.2" in text_of(Visitor().get("/besos/accessibility"))


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("", "ca"), ("es", "es"), ("pt", "pt-br"), ("fr", "ca"), ("en-GB,ca;q=0.5", "en")],
)
def test_speaks_the_language_asked_for_else_the_entitys(
    cast: Cast, asked: str, chosen: str
) -> None:
    shown = Visitor(asked).get("/besos/")
    assert shown.headers["Content-Language"] == chosen


def test_the_calculator_counts_every_day(db: None) -> None:
    asked = "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=ES-CT"
    page = text_of(Visitor().get(f"/deadline?{asked}"))
    assert '<time datetime="2026-12-14">' in page
    assert "Weekend." in page
    assert "Immaculate Conception" in page
    assert "This rule does not bind yet: it does from 28 December 2026." in page
    assert "<b>Reasoned answer</b>, 15 business days." in page
    assert "with the calendar of Catalonia" in page
    assert "valedor deadline --regime es-lsac-2025 --clock resolution" in page
    assert "13.1–13.7" in page


def test_the_calculator_shows_names_not_keys(db: None) -> None:
    for language in ("es", "ca", "pt-BR", "en"):
        shown = text_of(Visitor(language).get("/deadline"))
        told = re.sub(r"<[^>]*>", " ", shown)
        for key in ("ES-CT", "BR-RJ", "continuity_reply", "filing_bar", "_"):
            assert key not in told.replace("America/New_York", ""), key


def test_a_branch_of_matters_goes_by_one_name(cast: Cast) -> None:
    below = Category.objects.create(
        entity=cast.besos,
        key="wrong-amount",
        parent=cast.double_charge,
        name=dict.fromkeys(("es", "ca", "en", "pt-br"), "A wrong amount"),
        facts={"matter_billing": True},
        valid_from="2020-01-01",
    )
    Configuration.objects.update(number=F("number") + 1)
    page = text_of(Visitor().get("/besos/"))
    assert page.count("Billing") == 1
    assert str(below.name) not in page


def test_the_calculator_takes_events(db: None) -> None:
    asked = (
        "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=ES-CT"
        "&event_name=cure_requested&event_at=2026-11-24T10:00&event_length="
    )
    page = text_of(Visitor().get(f"/deadline?{asked}"))
    assert "The clock stands still" in page


@pytest.mark.parametrize(
    "asked",
    [
        "rule=nothing/at-all&start=2026-11-20T09:14&region=ES-CT",
        "rule=es-lsac-2025/resolution&start=yesterday&region=ES-CT",
        "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=XX",
        "rule=es-lsac-2025/resolution&start=9999-11-20T09:14&region=ES-CT",
        "rule=es-lsac-2025/resolution&start=%00&region=%00",
        "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=US",
        "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=ES-CT"
        "&event_name=cured&event_at=nonsense",
    ],
)
def test_the_calculator_answers_nonsense_with_a_sentence(db: None, asked: str) -> None:
    answer = Visitor().get(f"/deadline?{asked}")
    assert answer.status_code == 200
    assert "message--error" in text_of(answer)


def test_the_calculator_speaks_four_languages(db: None) -> None:
    asked = "rule=br-sac/answer&start=2026-11-20T09:14&region=BR-RJ"
    for language in ("es", "ca", "pt-BR", "en"):
        shown = Visitor(language).get(f"/deadline?{asked}")
        assert shown.status_code == 200
        assert shown.headers["Content-Language"] == language.lower()
