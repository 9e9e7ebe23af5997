"""The sweep over open limits: due cases a second, each leaving its entry, count and warning; and a
sweep that finds nothing due among a hundred thousand open limits.
"""

import os
import time
from datetime import timedelta
from typing import Any

from benchmarks.ground import installation, join_django, keep, say
from benchmarks.importing import load, write_file

OPEN = int(os.environ.get("BENCH_SWEEP", "20000"))


def measure() -> None:
    """Print and keep due cases a second and what an idle sweep costs and reads."""
    with installation() as house:
        join_django(house)
        path = house.home / "cases.csv"
        write_file(path, OPEN, still_open=OPEN)
        load(house, path)
        from django.db import connection

        from valedor.casefile.models import Deadline
        from valedor.casefile.viewing import the_house, viewing
        from valedor.foundation.moments import now
        from valedor.handling.actions.sweep import sweep

        sweep(at=now())
        with viewing(the_house()):
            waiting = Deadline.objects.exclude(next_look_at=None).count()
        idle = min(_timed(lambda: sweep(at=now()))[0] for _ in range(20))
        elapsed, looked = _timed(lambda: sweep(at=now() + timedelta(days=40)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM handling_alarm")
    figures: dict[str, Any] = {
        "open_limits": waiting,
        "due": looked,
        "due_per_second": round(looked / elapsed, 1),
        "idle_sweep_ms": round(idle * 1000, 2),
    }
    say(**figures)
    keep("sweeping", figures)


def _timed(act: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result
