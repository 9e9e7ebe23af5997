"""Processor time, which tells more than the clock where other programs run beside a measurement."""

import os
import resource
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def of_commands() -> float:
    """Seconds that the commands started from here took, as far as they have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def of_server() -> float:
    """Seconds that the database server took since it started: its processes that run and those
    that have ended. Linux only.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    fields = {int(path.name): _fields(path) for path in Path("/proc").glob("[0-9]*")}
    master = int(fields[backend][1])
    ticks = sum(map(int, fields[master][11:15]))
    ticks += sum(
        sum(map(int, one[11:13])) for one in fields.values() if one and int(one[1]) == master
    )
    return ticks / TICKS


def _fields(process: Path) -> list[str]:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # It has ended meanwhile.
        return []
