"""What an earlier life of the server left: a process without a keeper, or the number of one that
is gone.
"""

import os
import signal
import sys
import time
from pathlib import Path

from valedor.config.embedded.failures import ServerFailed
from valedor.config.embedded.places import Place

PATIENCE = 60.0


def postmaster(place: Place) -> int | None:
    """The process number of the server that has this data folder open, whoever started it."""
    try:
        lines = (place.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        number = int(lines[0])
        os.kill(number, 0)
        # The server works in its data folder; a process that merely has its number does not.
        if sys.platform == "linux" and Path(f"/proc/{number}/cwd").readlink() != place.data:
            return None
    except (OSError, IndexError, ValueError):
        return None
    return number


def end(place: Place) -> None:
    """Stop a server whose keeper is gone; forget the number of one that died with the machine."""
    orphan = postmaster(place)
    if orphan is not None:
        os.kill(orphan, signal.SIGINT)  # PostgreSQL's fast shutdown.
        until = time.monotonic() + PATIENCE
        while postmaster(place) is not None:
            if time.monotonic() > until:
                raise ServerFailed(
                    f"An earlier database server (process {orphan}) does not stop.",
                    f"kill -QUIT {orphan}",
                )
            time.sleep(0.05)
    (place.data / "postmaster.pid").unlink(missing_ok=True)
