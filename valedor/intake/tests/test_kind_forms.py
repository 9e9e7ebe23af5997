"""The table of forms: every kind has one, and what it asks are questions that a form knows."""

import pytest

from valedor.casefile.models import Kind
from valedor.channels.web_form.questions import ComplaintForm
from valedor.desk.forms.contact import ContactForm
from valedor.intake.kind_forms import EVERYTHING, FORMS, OFFERED, form_of, kinds_asking


def test_every_kind_has_its_form() -> None:
    assert set(FORMS) == set(Kind)


@pytest.mark.parametrize("kind", list(FORMS))
def test_a_form_asks_and_words_what_there_is(kind: Kind) -> None:
    form = FORMS[kind]
    known = {*ComplaintForm.declared_fields, "point"} | set(ContactForm.base_fields)
    assert form.asks <= EVERYTHING <= known
    for words in (form.words, form.staff_words):
        assert set(words) <= known
        assert not {name for name in words if name in EVERYTHING and name not in form.asks}


@pytest.mark.parametrize("kind", OFFERED)
def test_what_the_public_chooses_is_explained(kind: Kind) -> None:
    assert str(FORMS[kind].wish_help)


def test_points_and_remedy_are_asked_where_something_is_decided() -> None:
    assert set(kinds_asking("point", OFFERED)) == {Kind.CLAIM, Kind.COMPLAINT}
    assert set(kinds_asking("name", OFFERED)) == set(OFFERED)
    for kind in (Kind.ENQUIRY, Kind.SUGGESTION, Kind.THANKS, Kind.TECHNICAL_SUPPORT):
        assert not {"point", "remedy_sought"} & FORMS[kind].asks


def test_nobody_who_complains_is_met_with_something_to_read() -> None:
    offering = {kind for kind in FORMS if FORMS[kind].offers_articles}
    assert offering == {Kind.ENQUIRY, Kind.INCIDENT, Kind.TECHNICAL_SUPPORT}


def test_an_unknown_kind_has_the_long_form() -> None:
    assert form_of("nonsense") is FORMS[Kind.CLAIM]
    assert form_of("") is FORMS[Kind.CLAIM]
