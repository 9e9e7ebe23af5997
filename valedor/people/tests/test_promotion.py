"""Consent to promotional contact: off by default, a row with its origin, withdrawn as easily."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, a_case, a_consent, days, the_cast
from valedor.foundation.refusals import Refused
from valedor.people.actions.merge_persons import merge_persons
from valedor.people.actions.promotion import consent_in_force, record_consent, withdraw_consent
from valedor.people.models import (
    Account,
    AdministrationEntry,
    Person,
    PromotionConsent,
    Role,
)

WORDS = "Sí, quiero recibir ofertas por correo electrónico."


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return the_cast()


@pytest.fixture
def ana(cast: Cast) -> Person:
    return Person.objects.get(pk=a_case(cast).complainant_id or 0)


def _record(person: Person, cast: Cast, by: Account | None = None, **more: Any) -> PromotionConsent:
    values: dict[str, Any] = {
        "entity": cast.besos,
        "channel": PromotionConsent.Channel.IN_PERSON,
        "occasion": PromotionConsent.Occasion.SIGNED_FORM,
        "giver": PromotionConsent.Giver.PERSON,
        "words": WORDS,
        "version": "M-12",
        "language": "es",
        "given_at": days(1),
        "by": by or cast.bruno,
        "at": days(2),
    }
    return record_consent(person, **(values | more))


def _refusing(code: str) -> Any:
    return pytest.raises(Refused, check=lambda one: one.refusal.code == code)


def _withdraw(person: Person, cast: Cast, by: Account | None, at: datetime) -> PromotionConsent:
    return withdraw_consent(
        person, entity=cast.besos, channel=PromotionConsent.Channel.EMAIL, by=by, at=at
    )


def test_off_until_somebody_says_yes(cast: Cast, ana: Person) -> None:
    assert consent_in_force(ana, cast.besos) is None
    made = _record(ana, cast)
    assert (made.words, made.version, made.given_at, made.recorded_at, made.recorded_by) == (
        WORDS, "M-12", days(1), days(2), cast.bruno
    )  # fmt: skip
    assert consent_in_force(ana, cast.besos) == made
    assert consent_in_force(ana, cast.ipe) is None  # Each entity asks for itself.


def test_the_log_names_numbers_only(cast: Cast, ana: Person) -> None:
    made = _record(ana, cast)
    line = AdministrationEntry.objects.get(act="consent.recorded")
    assert line.after is not None
    assert (line.subject, line.after["consent"]) == (str(ana.pk), made.pk)
    assert WORDS not in str(line.after)


def test_withdrawn_by_themselves_or_by_staff_and_given_anew(cast: Cast, ana: Person) -> None:
    first = _record(ana, cast)
    done = _withdraw(ana, cast, None, days(3))
    assert (done.pk, done.withdrawn_at, done.withdrawn_through, done.withdrawn_by) == (
        first.pk, days(3), "email", None
    )  # fmt: skip
    assert consent_in_force(ana, cast.besos) is None
    second = _record(ana, cast, given_at=days(4), at=days(4))
    assert _withdraw(ana, cast, cast.carla, days(5)).withdrawn_by == cast.carla
    assert PromotionConsent.objects.filter(person=ana).count() == 2
    assert second.pk != first.pk


def test_records_of_one_person_have_one_answer(cast: Cast, ana: Person) -> None:
    other = Person.objects.get(pk=a_case(cast).complainant_id or 0)
    _record(ana, cast)
    _record(other, cast)
    merge_persons(ana, absorbed=other, reason="One Ana.", by=cast.bruno, at=days(2))
    assert consent_in_force(other, cast.besos) is not None
    _withdraw(other, cast, None, days(3))
    assert consent_in_force(ana, cast.besos) is None
    with _refusing("no_consent"):
        _withdraw(ana, cast, None, days(3))


def test_refused_and_nothing_left(cast: Cast, ana: Person) -> None:
    area = cast.join("pol", Role.AREA)
    for who in (cast.dario, cast.gia, area):
        with _refusing("not_permitted"):
            _record(ana, cast, who)
    with _refusing("not_yet"):
        _record(ana, cast, given_at=days(3))
    assert not PromotionConsent.objects.exists()
    _record(ana, cast)
    with _refusing("known_already"):
        _record(ana, cast)
    with _refusing("not_permitted"):
        _withdraw(ana, cast, cast.dario, days(3))
    Person.objects.filter(pk=ana.pk).update(erased_at=days(3))
    with _refusing("erased"):
        _record(ana, cast, entity=cast.ipe, by=cast.dario)


@pytest.mark.parametrize(
    "wrong",
    [{"words": ""}, {"version": ""}, {"recorded_at": days(-400)}, {"withdrawn_at": days(1)}],
)
def test_the_database_refuses_half_a_consent(cast: Cast, wrong: dict[str, Any]) -> None:
    case = a_case(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_consent(case, cast.bruno, **wrong)
