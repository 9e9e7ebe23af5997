"""Importing a spreadsheet, against plain ``COPY`` of the same file into one table of text
columns.
"""

import csv
import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import processor
from benchmarks.ground import Installation, installation, join_django, keep, say
from benchmarks.texts import narratives

CASES = int(os.environ.get("BENCH_IMPORT", "50000"))
COLUMNS = (
    "number",
    "received",
    "text",
    "name",
    "email",
    "category",
    "closed",
    "answered",
    "answer",
)


def measure() -> None:
    """Print and keep cases a second, what each costs, and the ratio to COPY."""
    with installation() as house:
        join_django(house)
        path = house.home / "cases.csv"
        write_file(path, CASES, still_open=CASES // 10)
        of_command, of_server = processor.of_commands(), processor.of_server()
        summary = load(house, path)
        of_command = processor.of_commands() - of_command
        of_server = processor.of_server() - of_server
        copied = _copy(path)
        rate = summary["cases"] / summary["seconds"]
        figures = {
            "cases": summary["cases"],
            "seconds": round(summary["seconds"], 1),
            "cases_per_second": round(rate, 1),
            "python_us_a_case": round(1e6 * of_command / summary["cases"]),
            "server_us_a_case": round(1e6 * of_server / summary["cases"]),
            "copy_rows_per_second": round(CASES / copied, 1),
            "ratio_to_copy": round(rate / (CASES / copied), 4),
        }
    say(**figures)
    keep("importing", figures)


def write_file(path: Path, number: int, *, still_open: int, days: int = 700) -> None:
    """A spreadsheet of so many complaints over so many days, the last ones still open."""
    now = datetime.now(UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for ordinal, text in enumerate(narratives(number)):
            is_open = ordinal >= number - still_open
            if is_open:
                received = now - timedelta(days=12 * (number - ordinal) / max(1, still_open))
            else:
                received = now - timedelta(days=12 + days * (number - ordinal) / number)
            closed = "" if is_open else (received + timedelta(days=9)).date().isoformat()
            table.writerow(
                (
                    f"N{ordinal}", received.date().isoformat(), text, f"Persona {ordinal}",
                    f"persona{ordinal}@example.org", f"asunto {ordinal % 40}", closed, closed,
                    "" if is_open else "Se ha revisado y corregido.",
                )
            )  # fmt: skip


def load(house: Installation, path: Path) -> dict[str, Any]:
    """Import a file; the command's own summary, with the seconds of the whole process."""
    began = time.perf_counter()
    done = house.command("import", "spreadsheet", str(path), "--entity", "bench", "--json")
    summary: dict[str, Any] = json.loads(done.stdout)
    summary["seconds"] = time.perf_counter() - began
    return summary


def _copy(path: Path) -> float:
    from django.db import connection

    connection.ensure_connection()
    server = connection.connection
    columns = ", ".join(f"{name} text" for name in COLUMNS)
    server.execute(f"CREATE TEMPORARY TABLE plain ({columns})")
    began = time.perf_counter()
    with (
        server.cursor() as cursor,
        cursor.copy("COPY plain FROM STDIN (FORMAT csv, HEADER)") as copy,
        path.open("rb") as file,
    ):
        while piece := file.read(2**16):
            copy.write(piece)
    return time.perf_counter() - began
