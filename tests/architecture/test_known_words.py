"""What a column may hold is held by the database: words of closed lists, seats, bounded numbers.

Forms are not the only ones who write; the bulk import, jobs and programs pass none.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction

from tests.cast import Cast, a_case, acting, days, the_cast
from valedor.casefile.models import Case, Grievance, Instance
from valedor.handling.models import Assessment, Redress
from valedor.people.models import Account, Entity, Person
from valedor.procedures.models import AuthorityLimit, InternalTarget, RedressOption

pytestmark = pytest.mark.django_db

# Copied by a trigger from cases, whose own words and seats are held.
COPIES = {"QueueIncrement", "QueueCount"}


def _own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("valedor.") and model.__name__ not in COPIES:
            yield model


def _checks() -> dict[str, list[str]]:
    """The check constraints in force, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint "
            "JOIN pg_class ON pg_class.oid = conrelid WHERE contype = 'c' AND convalidated"
        )
        found: dict[str, list[str]] = {}
        for table, check in cursor.fetchall():
            found.setdefault(table, []).append(check)
        return found


def test_every_choice_is_held_by_the_database() -> None:
    checks = _checks()
    loose = []
    for model in _own_models():
        for field in model._meta.local_concrete_fields:
            of = field.base_field if isinstance(field, ArrayField) else field
            words = [word for word, _label in of.flatchoices]
            if words and not any(
                str(field.column) in check and all(str(word) in check for word in words)
                for check in checks.get(model._meta.db_table, ())
            ):
                loose.append(f"{model.__name__}.{field.name}")
    assert not loose, "put @known_words_only on these models"


def test_every_row_with_seats_is_seen_by_somebody() -> None:
    checks = _checks()
    loose = [
        model.__name__
        for model in _own_models()
        if "seats" in {field.name for field in model._meta.concrete_fields}
        and not any("seats >= 1" in check for check in checks.get(model._meta.db_table, ()))
    ]
    assert not loose, "let their Meta extend CaseRow.Meta, with its constraints"


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def _of_case(model: type[models.Model], **values: Any) -> Callable[[Cast], Any]:
    def change(cast: Cast) -> None:
        case = a_case(cast)
        with acting(cast):
            about = {"pk" if model is Case else "case": case.pk}
            assert model._default_manager.filter(**about).update(**values)

    return change


def _of_house(model: type[models.Model], **values: Any) -> Callable[[Cast], Any]:
    def change(_cast: Cast) -> None:
        assert model._default_manager.update(**values)

    return change


def _new(model: type[models.Model], **values: Any) -> Callable[[Cast], Any]:
    def add(cast: Cast) -> None:
        model._default_manager.create(entity=cast.besos, **values)

    return add


def _step(model: type[models.Model], **values: Any) -> Callable[[Cast], Any]:
    def take(cast: Cast) -> None:
        case = a_case(cast)
        with acting(cast):
            model._default_manager.create(
                case=case, entity=cast.besos, by=cast.bruno, at=case.received_at, **values
            )

    return take


REFUND = {"kind": "refund", "state": "approved"}
ASSESSED = {"severity": 1, "difficulty": "simple"}


@pytest.mark.parametrize(
    ("sentence", "attempt"),
    [
        ("case_severity_is_none_to_serious", _of_case(Case, severity=4)),
        ("case_kind_is_known", _of_case(Case, kind="quarrel")),
        ("case_difficulty_is_known", _of_case(Case, difficulty="hard")),
        ("case_language_is_known", _of_case(Case, language="fr")),
        ("case_is_seen_by_somebody", _of_case(Case, seats=18)),
        ("book_number_has_its_year", _of_case(Case, book_number=7)),
        ("book_number_has_its_year", _of_case(Case, book_year=2026, book_number=0)),
        ("instances_count_from_one", _of_case(Instance, ordinal=0)),
        ("grievances_count_from_one", _of_case(Grievance, ordinal=0)),
        ("entity_languages_are_known", _of_house(Entity, languages=["ca", "es", "en", "fr"])),
        ("entity_answers_the_trade_in_a_day_or_two", _of_house(Entity, trade_answer_hours=72)),
        ("account_languages_are_known", _of_house(Account, languages=["fr"])),
        (
            "person_language_is_known",
            lambda cast: Person.objects.create(language="fr", created_at=days(1)),
        ),
        ("target_leaves_some_time", _new(InternalTarget, meets="respond", length=0, unit="hours")),
        (
            "internal_target_unit_is_known",
            _new(InternalTarget, meets="respond", length=2, unit="weeks"),
        ),
        (
            "redress_option_is_carried_out_within_a_year",
            _new(RedressOption, key="a-boat", days_to_carry_out=0),
        ),
        ("authority_limit_role_is_known", _new(AuthorityLimit, role="king", amount=1)),
        ("authority_is_no_debt", _new(AuthorityLimit, role="agent", amount=-1)),
        ("assessment_severity_is_known", _step(Assessment, **ASSESSED | {"severity": 0})),
        ("assessment_concerns_somebody", _step(Assessment, **ASSESSED, people_affected=0)),
        ("redress_amount_is_money", _step(Redress, **REFUND, amount=10)),
        ("redress_amount_is_money", _step(Redress, **REFUND, amount=0, currency="EUR")),
        ("redress_state_is_known", _step(Redress, **REFUND | {"state": "forgotten"})),
    ],
)
def test_what_nothing_may_hold_is_refused_by_name(
    cast: Cast, sentence: str, attempt: Callable[[Cast], Any]
) -> None:
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        attempt(cast)
