"""Tasks: enqueued in the transaction that caused them, locked, tried again, given up."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from valedor.foundation import jobs

done: list[object] = []


@jobs.task(queue="letters", lock="case:{case_id}")
def send(case_id: int) -> None:
    done.append(case_id)


@jobs.task(once="fold")
def fold() -> None:
    done.append("fold")


def tell(case_id: int) -> None:
    done.append(f"given up {case_id}")


@jobs.task(retry=jobs.BackOff(attempts=2, first=timedelta(0)), given_up=tell)
def fail(case_id: int) -> None:
    raise RuntimeError(str(case_id))


@pytest.fixture(autouse=True)
def _empty() -> None:
    done.clear()


def waiting() -> list[tuple[str, str, str | None, dict[str, object]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, task_name, lock, args::text FROM procrastinate_jobs "
            "WHERE status = 'todo' ORDER BY id"
        )
        return [(queue, name, lock, json.loads(args)) for queue, name, lock, args in cursor]


@pytest.mark.django_db
def test_enqueuing_writes_one_row_in_the_transaction(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        jobs.enqueue(send, case_id=7)
    assert waiting() == [("letters", send.name, "case:7", {"case_id": 7})]


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_enqueued() -> None:
    with transaction.atomic():
        jobs.enqueue(send, case_id=7)
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.django_db
def test_one_of_several_equal_jobs_waits() -> None:
    jobs.enqueue(fold)
    jobs.enqueue(fold)
    assert len(waiting()) == 1


@pytest.mark.django_db
def test_a_statement_for_a_batch_is_the_same_row() -> None:
    statement, values = jobs.job_row(send, case_id=7)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert waiting() == [("letters", send.name, "case:7", {"case_id": 7})]


@pytest.mark.django_db
def test_several_are_enqueued_together() -> None:
    jobs.enqueue_many(send, [{"case_id": number} for number in range(3)])
    assert [args["case_id"] for *_, args in waiting()] == [0, 1, 2]


def test_a_task_can_be_called_at_once() -> None:
    send(case_id=3)
    assert done == [3]


@pytest.mark.parametrize(
    ("attempt", "least", "most"), [(1, 60, 72), (2, 120, 144), (3, 240, 288), (8, None, None)]
)
def test_waits_grow(attempt: int, least: int | None, most: int | None) -> None:
    wait = jobs.BackOff(attempts=8).wait_after(attempt)
    if least is None or most is None:
        assert wait is None
    else:
        assert wait is not None
        assert least <= wait.total_seconds() <= most


def test_the_worker_runs_what_waits(committed_database: str) -> None:
    for number in (1, 2, 3):
        jobs.enqueue(send, case_id=number)
    jobs.enqueue_at(datetime(2999, 1, 1, tzinfo=UTC), send, case_id=4)
    jobs.work(concurrency=2, wait=False)
    assert done == [1, 2, 3] or sorted(map(str, done)) == ["1", "2", "3"]
    assert [args["case_id"] for *_, args in waiting()] == [4]


def test_what_keeps_failing_is_given_up_and_can_be_tried_again(committed_database: str) -> None:
    jobs.enqueue(fail, case_id=9)
    jobs.work(concurrency=1, wait=False)
    jobs.work(concurrency=1, wait=False)
    assert done == ["given up 9"]
    assert jobs.health().failed == 1
    assert jobs.health().failed_tasks == (fail.name,)
    assert [(task, attempts) for _, task, _, attempts in jobs.given_up()] == [(fail.name, 2)]
    assert jobs.try_again() == 1
    assert jobs.health().failed == 0


def test_the_job_of_a_dead_worker_is_put_back(committed_database: str) -> None:
    jobs.enqueue(send, case_id=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '1 hour') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
    assert waiting() == []
    jobs.work(concurrency=1, wait=False)
    assert done == [5]
