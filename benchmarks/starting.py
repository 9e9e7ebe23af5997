"""From the command to the first page: an empty folder with the demonstration, then the second
start; memory.
"""

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.ground import ROOT, VALEDOR, Installation, free_port, keep, say, wait_for


def measure() -> None:
    """Print and keep the seconds to the first page, twice, and the memory of all processes
    (PSS).
    """
    import shutil
    import tempfile

    home = Path(tempfile.mkdtemp(prefix="valedor-bench-"))
    home.chmod(0o755)  # Where the server runs as root, its unprivileged account reaches it.
    house = Installation(home, free_port(), {"DEMO": "1"})
    figures: dict[str, Any] = {}
    try:
        for name in ("first_start", "second_start"):
            began = time.perf_counter()
            process = subprocess.Popen(
                [*VALEDOR, "run"], env=house.variables(), cwd=ROOT, stdout=subprocess.DEVNULL
            )
            wait_for(house.url + "/", seconds=900)
            figures[f"{name}_seconds"] = round(time.perf_counter() - began, 1)
            time.sleep(3)
            figures[f"{name}_memory_mb"] = round(_memory(process.pid) / 1024)
            stopped = time.perf_counter()
            process.send_signal(signal.SIGINT)
            process.wait(60)
            figures[f"{name}_stop_seconds"] = round(time.perf_counter() - stopped, 1)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    say(**figures)
    keep("starting", figures)


def _memory(pid: int) -> int:
    """Kilobytes of a process and everything it started, shared pages counted once."""
    total = 0
    for process in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        if parent == pid:
            child = int(stat.parent.name)
            found += [child, *_children(child)]
    return found
