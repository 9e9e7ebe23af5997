"""Rows are made and written without Django's own constructor, and come out the same."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from valedor.foundation import rows
from valedor.people.models import ContactPoint, Person

OURS = [model for model in apps.get_models() if model.__module__.startswith("valedor.")]
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_fresh_row_holds_what_django_puts_into_one(model: type[models.Model]) -> None:
    ours, theirs = rows.fresh(model), model()
    for field in model._meta.concrete_fields:
        if field.generated or field.primary_key:
            continue
        made, expected = getattr(ours, field.attname), getattr(theirs, field.attname)
        if not callable(field.default) or field.default in {dict, list}:
            assert made == expected, field.name
        assert type(made) is type(expected), field.name
    assert ours._state.adding
    assert ours._state.db is None


def test_a_name_that_the_model_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="telefone"):
        rows.fresh(Person, telefone="932 000 000")


@pytest.mark.django_db
def test_rows_that_refer_to_each_other_are_written_as_one() -> None:
    person = rows.fresh(Person, name="Marta Soler", language="ca", created_at=AT)
    points = [
        rows.fresh(
            ContactPoint, person=person, kind="email", value=value, normalised=value, created_at=AT
        )
        for value in ("marta@example.org", "m@example.org")
    ]
    statement, values = rows.as_one([person, *points])
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    read = Person.objects.get(pk=person.pk)
    assert (read.name, read.language, read.is_company, read.created_at) == (
        "Marta Soler",
        "ca",
        False,
        AT,
    )
    assert sorted(read.contact_points.values_list("value", flat=True)) == [
        "m@example.org",
        "marta@example.org",
    ]


@pytest.mark.django_db
def test_when_one_cannot_be_written_none_is() -> None:
    person = rows.fresh(Person, name="Marta Soler", language="ca", created_at=AT)
    statement, values = rows.as_one([person], also=[rows.insert_of(person)])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert not Person.objects.filter(pk=person.pk).exists()
