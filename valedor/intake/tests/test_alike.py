"""Who and what a contact may be about: each sign alone, its weight, and what nobody may learn."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import FRIDAY, Cast, a_case, acting, days, the_cast
from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.intake.alike import Alike, Contact, Sign, find_alike, signs_of_matter
from valedor.intake.submission import PersonGiven
from valedor.people.actions.merge_persons import merge_persons
from valedor.people.models import Account, ContactPoint, Contract, Person

ANA = PersonGiven(
    name="Ana Puig",
    email="ana@example.org",
    telephone="600 100 200",
    postal_address="Carrer Major 1, 08401 Granollers",
    identity_number="12345678-Z",
)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return the_cast()


@pytest.fixture
def known(cast: Cast) -> Case:
    """Ana's open case, with everything that she said of herself."""
    return a_case(cast, stage=Stage.ASSESSED, person=ANA, contract_number="C-77 01")


def _asked(cast: Cast, at: datetime = FRIDAY + timedelta(days=60), **more: Any) -> Contact:
    values: dict[str, Any] = {
        "entity": cast.besos, "person": PersonGiven(), "kind": Kind.COMPLAINT, "at": at
    } | more  # fmt: skip
    return Contact(**values)


def _found(cast: Cast, contact: Contact, who: Account | None = None) -> Alike:
    with viewing(viewer_of(who or cast.bruno)) as viewer:
        return find_alike(contact, viewer)


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ({"email": " ANA@example.org "}, Sign.EMAIL),
        ({"telephone": "+34 600100200"}, Sign.TELEPHONE),
        ({"identity_number": "12345678z"}, Sign.IDENTITY_NUMBER),
        ({"name": "ana puig", "postal_address": "C/ Major, 1. 08401"}, Sign.NAME_AND_POSTCODE),
    ],
)
def test_each_sign_finds_the_person(
    cast: Cast, known: Case, said: dict[str, Any], sign: Sign
) -> None:
    (one,) = _found(cast, _asked(cast, person=PersonGiven(**said))).persons
    assert one.person.pk == known.complainant_id
    assert one.signs == (sign,)
    assert one.is_strong == (sign is Sign.IDENTITY_NUMBER)
    assert [case.pk for case in one.cases] == [known.pk]


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Ana Puig"},
        {"name": "Ana Puig", "postal_address": "Carrer Major 1, 08402 Granollers"},
        {"email": "ana@example.com"},
        {"identity_number": "Z"},
        {"telephone": "600 100 201"},
    ],
)
def test_what_is_no_sign(cast: Cast, known: Case, said: dict[str, Any]) -> None:
    assert not _found(cast, _asked(cast, person=PersonGiven(**said)))


def test_a_verified_address_weighs_more(cast: Cast, known: Case) -> None:
    ContactPoint.objects.filter(person=known.complainant).update(verified_at=FRIDAY)
    (one,) = _found(cast, _asked(cast, person=replace(PersonGiven(), email=ANA.email))).persons
    assert one.signs == (Sign.VERIFIED_EMAIL,)
    assert one.is_strong


def test_an_address_that_ended_is_no_sign(cast: Cast, known: Case) -> None:
    ContactPoint.objects.filter(person=known.complainant).update(ended_at=FRIDAY)
    assert not _found(cast, _asked(cast, person=replace(PersonGiven(), email=ANA.email)))


def test_a_contract_in_their_name(cast: Cast, known: Case) -> None:
    Contract.objects.create(entity=cast.besos, person=known.complainant, number="C-77")
    (one,) = _found(cast, _asked(cast, contract_number=" C-77 ")).persons
    assert one.signs == (Sign.CONTRACT,)


def test_records_of_one_person_share_their_signs(cast: Cast, known: Case) -> None:
    other = a_case(cast, person=PersonGiven(name="A. Puig", email="apuig@example.net"))
    mine, theirs = (Person.objects.get(pk=one.complainant_id or 0) for one in (known, other))
    merge_persons(mine, absorbed=theirs, reason="She said so.", by=cast.bruno, at=days(1))
    found = _found(cast, _asked(cast, person=PersonGiven(email="apuig@example.net")))
    assert {one.person.pk for one in found.persons} == {mine.pk, theirs.pk}


def test_open_cases_with_what_speaks_for_them(cast: Cast, known: Case) -> None:
    contact = _asked(
        cast,
        person=PersonGiven(email=ANA.email),
        category_id=known.category_id,
        contract_number="c7701",
    )
    (one,) = _found(cast, contact).cases
    assert one.signs == (Sign.SAME_CONTRACT, Sign.SAME_SUBJECT, Sign.EMAIL)


def test_another_matter_of_the_same_person_is_no_case_to_add_to(cast: Cast, known: Case) -> None:
    found = _found(cast, _asked(cast, person=PersonGiven(email=ANA.email), kind=Kind.ORDER))
    assert found.persons
    assert found.cases == ()


def test_of_the_same_kind_within_two_weeks(cast: Cast, known: Case) -> None:
    says = PersonGiven(email=ANA.email)
    for at, signs in ((days(14), [(Sign.LATELY, Sign.EMAIL)]), (days(14.01), [])):
        found = _found(cast, _asked(cast, at, person=says))
        assert [one.signs for one in found.cases] == signs


def test_a_reference_in_their_words_is_strong_whoever_they_are(cast: Cast, known: Case) -> None:
    found = _found(cast, _asked(cast, words=f"Es por el {known.reference}, otra vez."))
    assert [one.signs for one in found.cases] == [(Sign.NAMED,)]
    assert found.persons == ()


def test_a_closed_case_is_nothing_to_add_to(cast: Cast) -> None:
    over = a_case(cast, stage=Stage.CLOSED, person=ANA)
    contact = _asked(cast, person=PersonGiven(email=ANA.email), category_id=over.category_id)
    found = _found(cast, contact)
    assert found.cases == ()
    assert [case.pk for case in found.persons[0].cases] == [over.pk]
    assert signs_of_matter(over, contact, is_named=True) == ()


def test_nobody_learns_of_a_case_that_they_may_not_see(cast: Cast, known: Case) -> None:
    contact = _asked(
        cast,
        person=ANA,
        category_id=known.category_id,
        contract_number="C-77 01",
        words=known.reference,
    )
    assert _found(cast, contact)
    assert not _found(cast, contact, cast.dario)
    assert not _found(cast, replace(contact, case_id=known.pk))
    with acting(cast):
        Case.objects.filter(pk=known.pk).update(recused=[cast.bruno.pk])
    assert not _found(cast, contact)
    with acting(cast):
        Case.objects.filter(pk=known.pk).update(recused=[], is_protected=True, holder=None)
    assert not _found(cast, contact)


def test_indexes_answer_every_question(cast: Cast, known: Case) -> None:
    """No table is read from end to end, however large it is."""
    from valedor.intake import alike

    asked: list[tuple[str, list[int | str]]] = [
        (alike._BY_POINT, ["email", "ana@example.org"]),
        (alike._BY_IDENTITY, ["12345678Z"]),
        (alike._BY_CONTRACT, [cast.besos.pk, "C-77"]),
        (alike._BY_NAME, ["Ana Puig", r"\m08401\M"]),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement, values in asked:
            cursor.execute(f"EXPLAIN {statement}", values)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Seq Scan" not in plan, plan
            assert "Index" in plan
