"""Work for later: tasks, and the queue in the same database. The only door to the queue's library.

Enqueuing is one INSERT on Django's connection, inside the transaction that caused it: nothing runs
for what was rolled back, nothing is lost after a commit. Every task may run twice and must notice
that it already did. Arguments are ids and other plain values, never what somebody wrote.
"""

import json
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, ParamSpec

import procrastinate
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app as _django_app
from procrastinate.jobs import Job

from valedor.foundation import logs

P = ParamSpec("P")
Statement = tuple[str, list[Any]]

logger = logging.getLogger(__name__)

_INSERT = """
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s)
    ON CONFLICT DO NOTHING
"""


_INSERT_FOR_EACH = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
    SELECT %s, %s, %s, to_jsonb(arguments) FROM ({rows}) AS arguments
"""


class BackOff(procrastinate.BaseRetryStrategy):
    """Try again after a minute, two, four … and at most ``longest``; give up after ``attempts``.

    A random fifth is added, so that what failed together does not come back together.
    """

    def __init__(
        self,
        *,
        attempts: int = 8,
        first: timedelta = timedelta(minutes=1),
        longest: timedelta = timedelta(hours=2),
    ) -> None:
        self.attempts = attempts
        self.first = first
        self.longest = longest

    def wait_after(self, attempt: int) -> timedelta | None:
        """How long to wait after the attempt with this number, from 1; None when it was the
        last.
        """
        if attempt >= self.attempts:
            return None
        wait: timedelta = min(self.first * 2 ** (attempt - 1), self.longest)
        return wait * random.uniform(1, 1.2)  # noqa: S311 -- spreads retries, guards nothing

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> procrastinate.RetryDecision | None:
        wait = self.wait_after(job.attempts + 1)
        if wait is None:
            return None
        return procrastinate.RetryDecision(retry_at=datetime.now(UTC) + wait)


NEVER_AGAIN = BackOff(attempts=1)


@dataclass(frozen=True, eq=False)
class Task(Generic[P]):
    """A function that the worker runs later. Called directly, it runs at once.

    ``queue`` names the line it waits in. ``lock``, filled in with the arguments
    (``"case:{case_id}"``), keeps two jobs with the same text from running at the same time; they
    run in the order in which they were enqueued. ``once`` likewise drops a job while an equal one
    waits; it makes concurrent transactions that enqueue it wait for each other, and such a job is
    not tried again.
    """

    function: Callable[P, None]
    queue: str
    priority: int
    lock: str
    once: str
    retry: BackOff
    given_up: Callable[..., None] | None

    @property
    def name(self) -> str:
        """The name under which its jobs wait."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.function(*args, **kwargs)


_tasks: dict[str, Task[Any]] = {}


def task(
    *,
    queue: str = "default",
    priority: int = 0,
    lock: str = "",
    once: str = "",
    retry: BackOff | None = None,
    given_up: Callable[..., None] | None = None,
) -> Callable[[Callable[P, None]], Task[P]]:
    """Make a module-level function of a ``tasks.py`` a task.

    ``given_up`` is called with the same arguments when the last attempt has failed: the place to
    turn it into work for a person.
    """

    def make(function: Callable[P, None]) -> Task[P]:
        made = Task(
            function=function,
            queue=queue,
            priority=priority,
            lock=lock,
            once=once,
            retry=NEVER_AGAIN if once else (retry or BackOff()),
            given_up=given_up,
        )
        _tasks[made.name] = made
        _django_app.task(
            name=made.name, queue=queue, pass_context=True, retry=made.retry, priority=priority
        )(_runner_of(made))
        return made

    return make


def _runner_of(made: Task[Any]) -> Callable[..., None]:
    def run(context: procrastinate.JobContext, **arguments: Any) -> None:
        arguments.pop("timestamp", None)  # What the timetable adds to its jobs.
        with logs.correlated(f"job-{context.job.id}"):
            try:
                made.function(**arguments)
            except Exception as error:
                given_up = made.given_up
                if given_up is not None and not made.retry.get_retry_exception(error, context.job):
                    given_up(**arguments)
                raise

    return run


# ------------------------------------------------------------------ enqueuing
def job_row(task: Task[P], /, *args: P.args, **arguments: P.kwargs) -> Statement:
    """The statement that enqueues, for a caller that sends several in one round trip."""
    return job_row_at(None, task, *args, **arguments)


def job_row_at(
    at: datetime | None, task: Task[P], /, *args: P.args, **arguments: P.kwargs
) -> Statement:
    """The same for a job that waits until ``at``."""
    if args:
        raise TypeError(f"{task.name} takes its arguments by name when it is enqueued")
    values = [
        task.queue,
        task.name,
        task.priority,
        task.lock.format(**arguments) or None,
        task.once.format(**arguments) or None,
        json.dumps(arguments),
        at,
    ]
    return _INSERT, values


def job_row_for_each(task: Task[...], rows: Statement) -> Statement:
    """The statement that enqueues a job for each row of a SELECT, whose columns are the task's
    arguments.
    """
    if task.lock or task.once:
        raise TypeError(f"{task.name} has a lock, which is filled in with its arguments")
    text, values = rows
    return _INSERT_FOR_EACH.format(rows=text), [task.queue, task.name, task.priority, *values]


def task_named(name: str) -> Task[[]]:
    """The task of this name, for tables that name tasks in words.

    Raises ``LookupError`` when no package defines it.
    """
    if name not in _tasks:
        raise LookupError(f"no package defines the task {name}")
    return _tasks[name]


def job_statement(name: str, /, **arguments: Any) -> Statement:
    """The statement that enqueues the task of this name, for a caller whom the layers keep from
    importing it: what follows a fact, what sends a letter.

    Raises ``LookupError`` when no package defines it.
    """
    return job_row(task_named(name), **arguments)


def enqueue(task: Task[P], /, *args: P.args, **arguments: P.kwargs) -> None:
    """Have the worker run ``task`` after the current transaction commits. One round trip."""
    _send(job_row(task, *args, **arguments))


def enqueue_at(at: datetime, task: Task[P], /, *args: P.args, **arguments: P.kwargs) -> None:
    """The same, not before ``at``."""
    _send(job_row_at(at, task, *args, **arguments))


def enqueue_many(task: Task[...], rows: Sequence[dict[str, Any]]) -> None:
    """Enqueue one job for each set of arguments."""
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [job_row(task, **row)[1] for row in rows])


def _send(statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*statement)


# ------------------------------------------------------------------ the worker
def schedule(name: str, cron: str, task: Task[[]]) -> None:
    """Run ``task`` at the times of ``cron`` (UTC) while a worker runs; several workers run it
    once.
    """
    _django_app.periodic_registry.register_task(
        task=_django_app.tasks[task.name],
        cron=cron,
        periodic_id=name,
        configure_kwargs={"queueing_lock": task.once or f"timetable:{name}"},
    )


def work(*, concurrency: int, queues: Sequence[str] = (), wait: bool = True) -> None:
    """Run jobs until a signal asks to stop; with ``wait`` false, until none is left.

    Succeeded jobs leave the queue, failed ones stay to be looked at. Every job has a connection
    of Django's own, closed when it has become unusable.

    Raises ``OperationalError`` when the database goes away: whoever started the worker starts it
    again.
    """
    retry_stalled()
    with _django_app.replace_connector(_django_app.connector.get_worker_connector()) as app:  # type: ignore[attr-defined]
        try:
            app.run_worker(
                queues=list(queues) or None,
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                fetch_job_polling_interval=5.0,
                shutdown_graceful_timeout=20.0,
                name="valedor",
            )
        except procrastinate.exceptions.ConnectorException as error:
            raise OperationalError(str(error.__cause__ or error)) from error.__cause__


def queues() -> set[str]:
    """The lines in which tasks wait."""
    return {one.queue for one in _tasks.values()}


STALLED_AFTER = timedelta(seconds=35)  # A living worker says so every ten seconds.


@task(once="retry-stalled")
def retry_stalled() -> None:
    """Put back what a worker was doing when it died. Part of the timetable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.queueing_lock IS NOT NULL AND EXISTS (
                SELECT FROM procrastinate_jobs AS waiting
                WHERE waiting.status = 'todo' AND waiting.queueing_lock = job.queueing_lock)
            FROM procrastinate_jobs AS job
            LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
            WHERE job.status = 'doing' AND (
                worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
            FOR UPDATE OF job SKIP LOCKED
            """,
            [STALLED_AFTER.total_seconds()],
        )
        for number, is_superseded in cursor.fetchall():
            if is_superseded:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', true)", [number])
            else:
                cursor.execute(
                    "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [number]
                )
            logger.warning("job of a dead worker put back", extra={"job": number})


# ------------------------------------------------------------------ health
@dataclass(frozen=True, kw_only=True)
class Health:
    """How the queue is doing. ``worker_seen_at`` is None when no worker ever ran."""

    worker_seen_at: datetime | None
    waiting: int
    failed: int
    failed_tasks: tuple[str, ...]


def health() -> Health:
    """The worker's last sign of life, and the jobs that wait or have failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers),
                count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at <= now(), true)),
                count(*) FILTER (WHERE status = 'failed'),
                array_agg(DISTINCT task_name) FILTER (WHERE status = 'failed')
            FROM procrastinate_jobs
            """
        )
        seen, waiting, failed, names = cursor.fetchone()
    return Health(
        worker_seen_at=seen, waiting=waiting, failed=failed, failed_tasks=tuple(names or ())
    )


def worker_seen_at() -> datetime | None:
    """When a worker last showed that it is alive; None when none ever did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (seen,) = cursor.fetchone()
    return seen  # type: ignore[no-any-return]


def given_up() -> list[tuple[int, str, str, int]]:
    """The jobs that failed for good: number, task, arguments as JSON, attempts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args::text, attempts FROM procrastinate_jobs "
            "WHERE status = 'failed' ORDER BY id LIMIT 1000"
        )
        return cursor.fetchall()  # type: ignore[no-any-return]


def try_again() -> int:
    """Put every job that was given up back into its queue; how many they were."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Where an equal job waits already (``once``), that one will do.
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs AS job
            WHERE status = 'failed' AND queueing_lock IS NOT NULL AND EXISTS (
                SELECT FROM procrastinate_jobs AS other
                WHERE other.queueing_lock = job.queueing_lock
                    AND (other.status = 'todo' OR (other.status = 'failed' AND other.id > job.id)))
            """
        )
        cursor.execute(
            "SELECT count(procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL)) "
            "FROM procrastinate_jobs WHERE status = 'failed'"
        )
        return cursor.fetchone()[0]  # type: ignore[no-any-return]
