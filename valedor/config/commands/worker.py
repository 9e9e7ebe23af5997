"""Do the work that waits: letters, warnings, counts, and what the timetable lists."""

import argparse
import logging
from difflib import get_close_matches

from valedor.config.commands import CommandFailed

NEEDS = "database"

logger = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which queues, and whether to wait for more."""
    parser.add_argument(
        "--queue", action="append", default=[], help="only this queue; may be repeated"
    )
    parser.add_argument("--until-empty", action="store_true", help="stop when no job is left")


def run(arguments: argparse.Namespace) -> int:
    """Several workers may run beside each other; the timetable is kept by whichever is first."""
    from django.conf import settings

    from valedor.channels.email.waiting import Waiters
    from valedor.config import timetable
    from valedor.foundation import jobs
    from valedor.foundation.moments import now

    if unknown := sorted(set(arguments.queue) - jobs.queues()):
        known = sorted(jobs.queues())
        raise CommandFailed(
            f"No task waits in the queue {unknown[0]}.",
            hint=f"valedor worker --queue {(get_close_matches(unknown[0], known) or known)[0]}",
            code="unknown_queue",
        )
    try:
        timetable.keep()
    except LookupError:
        # What people wait for is done all the same.
        logger.exception("the timetable names a task that does not exist")
    waiters = Waiters(now=now)
    if not arguments.until_empty and (not arguments.queue or "mail" in arguments.queue):
        waiters.start()
    try:
        jobs.work(
            concurrency=settings.WORKER_CONCURRENCY,
            queues=arguments.queue,
            wait=not arguments.until_empty,
        )
    finally:
        waiters.stop()
    return 0
