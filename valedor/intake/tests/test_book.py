"""Book numbers have no gap and follow the order of registration, whoever registers at the same
time.
"""

import threading
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from valedor.casefile.models import Case, Entry
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.intake.book import give_book_numbers

LATER = NOON + timedelta(days=1)


def _book() -> list[tuple[int | None, int | None]]:
    with viewing(the_house()):
        found = Case.objects.order_by("registered_at", "id")
        return list(found.values_list("book_year", "book_number"))


def test_numbers_follow_the_order_of_registration(committed_database: str) -> None:
    entity = builders.an_entity()
    for hour in (5, 1, 3):
        builders.a_case(entity, registered_at=NOON + timedelta(hours=hour))
    builders.a_case(entity, source="old-system", source_number="7", registered_at=NOON)
    assert give_book_numbers(LATER) == 3
    assert _book() == [(None, None), (2026, 1), (2026, 2), (2026, 3)]
    builders.a_case(entity, registered_at=NOON - timedelta(hours=9))
    assert give_book_numbers(LATER) == 1
    assert (2026, 4) in _book()
    assert give_book_numbers(LATER) == 0
    assert verify().broken == []
    with viewing(the_house()):
        assert Entry.objects.filter(kind="case.book_number_given").count() == 4


def test_each_year_and_entity_has_its_own_book(committed_database: str) -> None:
    besos = builders.an_entity()
    ipe = builders.an_entity("ipe")
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 2027 in Barcelona.
    builders.a_case(besos, registered_at=NOON)
    builders.a_case(besos, registered_at=new_year)
    builders.a_case(ipe, registered_at=NOON)
    give_book_numbers(LATER)
    assert sorted(_book()) == [(2026, 1), (2026, 1), (2027, 1)]


def test_waits_for_a_registration_that_is_not_committed_yet(committed_database: str) -> None:
    entity = builders.an_entity()
    begun, may_commit = threading.Event(), threading.Event()

    def slow_registration() -> None:
        try:
            with transaction.atomic():
                builders.a_case(entity, registered_at=NOON - timedelta(hours=1))
                begun.set()
                may_commit.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_registration)
    thread.start()
    begun.wait(20)
    late = builders.a_case(entity, registered_at=NOON)
    builders.move(late, stage="assessed")  # Changed since: its transaction is the first line's.
    assert give_book_numbers(LATER) == 0
    may_commit.set()
    thread.join()
    assert give_book_numbers(LATER) == 2
    assert _book() == [(2026, 1), (2026, 2)]


def test_many_registrations_and_givers_at_once_leave_no_gap(committed_database: str) -> None:
    entities = [builders.an_entity(), builders.an_entity("ipe")]
    is_over = threading.Event()
    failures: list[BaseException] = []

    def register(turn: int) -> None:
        try:
            for number in range(12):
                at = datetime.now(UTC)
                try:
                    with transaction.atomic():
                        builders.a_case(entities[(turn + number) % 2], registered_at=at)
                        if number % 5 == 4:
                            raise ValueError  # A registration that is rolled back takes no number.
                except ValueError:
                    pass
        except BaseException as error:  # noqa: BLE001 -- told by the test itself
            failures.append(error)
        finally:
            connection.close()

    def give() -> None:
        try:
            while not is_over.is_set():
                give_book_numbers(LATER)
        except BaseException as error:  # noqa: BLE001 -- told by the test itself
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=register, args=(turn,)) for turn in range(3)]
    givers = [threading.Thread(target=give) for _ in range(2)]
    for thread in [*writers, *givers]:
        thread.start()
    for thread in writers:
        thread.join()
    is_over.set()
    for thread in givers:
        thread.join()
    give_book_numbers(LATER)
    assert failures == []
    for entity in entities:
        with viewing(the_house(entity)):
            numbers = list(
                Case.objects.order_by("book_number").values_list("book_number", flat=True)
            )
        assert numbers == list(range(1, len(numbers) + 1))
    assert verify().broken == []
