"""The sweep over open limits: looks a second, each leaving its entry, count and warning, and the
letter where the law's limit of the answer passed; and a sweep that finds nothing due among all of
them.
"""

import os
import time
from datetime import timedelta
from typing import Any

from benchmarks import processor
from benchmarks.ground import installation, join_django, keep, say
from benchmarks.importing import load, write_file

OPEN = int(os.environ.get("BENCH_SWEEP", "90000"))
DAYS = 40


def measure() -> None:
    """Print and keep looks a second and what an idle sweep costs and reads."""
    with installation() as house:
        join_django(house)
        path = house.home / "cases.csv"
        write_file(path, OPEN, still_open=OPEN)
        load(house, path)

        from valedor.casefile.models import Deadline
        from valedor.casefile.viewing import the_house, viewing
        from valedor.foundation.moments import now
        from valedor.handling.actions.sweep import sweep

        began = now()
        sweep(at=began)
        with viewing(the_house()):
            waiting = Deadline.objects.exclude(next_look_at=None).count()
        before = _rows_read()
        idle = min(_timed(lambda: sweep(at=began))[0] for _ in range(20))
        read = _rows_read() - before
        # Day after day, so that each limit is warned of first and then found to be past.
        looked, elapsed = 0, 0.0
        of_python, of_server = time.process_time(), processor.of_server()
        for day in range(1, DAYS + 1):
            at = began + timedelta(days=day)
            seconds, number = _timed(lambda at=at: sweep(at=at))
            looked, elapsed = looked + number, elapsed + seconds
        of_python = time.process_time() - of_python
        of_server = processor.of_server() - of_server
        left = _counts()
    figures: dict[str, Any] = {
        "open_limits": waiting,
        "looks": looked,
        "looks_per_second": round(looked / elapsed, 1),
        "python_us_a_look": round(1e6 * of_python / looked),
        "server_us_a_look": round(1e6 * of_server / looked),
        "idle_sweep_ms": round(idle * 1000, 2),
        "idle_rows_read": read,
        **left,
    }
    say(**figures)
    keep("sweeping", figures)


def _counts() -> dict[str, int]:
    """What the sweeps left behind."""
    from valedor.casefile.models import Entry, Letter
    from valedor.casefile.viewing import the_house, viewing
    from valedor.handling.models import Alarm

    with viewing(the_house()):
        return {
            "entries": Entry.objects.exclude(kind="case.received").count(),
            "warnings": Alarm.objects.count(),
            "letters": Letter.objects.count(),
        }


def _rows_read() -> int:
    """Rows of cases and limits that the server has fetched until now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_user_tables"
            " WHERE relname IN ('casefile_case', 'casefile_deadline')"
        )
        return int(cursor.fetchone()[0])


def _timed(act: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result
