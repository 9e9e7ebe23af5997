"""Do the work that waits: letters, warnings, counts, and what the timetable lists."""

import argparse
from importlib import import_module
from importlib.util import find_spec

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which queues, and whether to wait for more."""
    parser.add_argument(
        "--queue", action="append", default=[], help="only this queue; may be repeated"
    )
    parser.add_argument("--until-empty", action="store_true", help="stop when no job is left")


def run(arguments: argparse.Namespace) -> int:
    """Several workers may run beside each other; the timetable is kept by whichever is first."""
    from django.conf import settings

    from valedor.foundation import jobs

    jobs.schedule("put back what a dead worker left", "* * * * *", jobs.retry_stalled)
    if find_spec("valedor.config.timetable"):
        timetable = import_module("valedor.config.timetable").TIMETABLE
        for name, (cron, task) in timetable.items():
            jobs.schedule(name, cron, task)
    jobs.work(
        concurrency=settings.WORKER_CONCURRENCY,
        queues=arguments.queue,
        wait=not arguments.until_empty,
    )
    return 0
