"""What is sent at once holds or falls together, inside a transaction and without one."""

import pytest
from django.db import IntegrityError, connection, transaction

from valedor.casefile.at_once import at_once
from valedor.casefile.viewing import NOBODY
from valedor.foundation import rows
from valedor.foundation.moments import now
from valedor.people.models import Person


def _person() -> Person:
    return rows.fresh(Person, name="Marta Soler", language="ca", created_at=now())


@pytest.mark.usefixtures("committed_database")
@pytest.mark.parametrize("is_followed", [False, True])
def test_without_a_transaction_it_is_one(is_followed: bool) -> None:
    person = _person()
    inserting = rows.insert_of(person)
    with pytest.raises(IntegrityError):
        at_once([inserting, inserting], viewer=NOBODY, is_followed=is_followed)
    assert not Person.objects.filter(pk=person.pk).exists()
    [_nothing, (name,)] = at_once(
        [inserting, ("SELECT name FROM people_person WHERE id = %s", [person.pk])],
        viewer=NOBODY,
        is_followed=is_followed,
    )
    assert name == "Marta Soler"
    connection.close()  # Another connection sees it: it was committed.
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.usefixtures("committed_database")
def test_inside_a_transaction_it_is_a_part_of_it() -> None:
    person, other = _person(), _person()
    with transaction.atomic():
        at_once([rows.insert_of(person)], viewer=NOBODY)
        with pytest.raises(IntegrityError):
            at_once([rows.insert_of(other), rows.insert_of(other)], viewer=NOBODY)
        assert Person.objects.filter(pk=person.pk).exists()
        transaction.set_rollback(True)
    assert not Person.objects.filter(pk__in=[person.pk, other.pk]).exists()


@pytest.mark.usefixtures("committed_database")
def test_what_another_transaction_follows_waits_for_the_disk_no_longer_than_itself() -> None:
    asked: rows.Statement = ("SELECT current_setting('synchronous_commit')", [])
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")  # The server of the tests does without.
    assert at_once([asked], viewer=NOBODY, is_followed=True) == [("off",)]
    assert at_once([asked], viewer=NOBODY) == [("on",)]
