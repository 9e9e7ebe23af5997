"""Who starts, who uses and who keeps the server: three locked files.

The kernel lets go of them when a process dies.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self


class FileLock:
    """A lock on a file: shared by many or exclusive to one, gone when its process is."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def exclusive(self) -> bool:
        """Take it for oneself; False when anyone else holds it."""
        return self._take(fcntl.LOCK_EX)

    def shared(self) -> bool:
        """Take it together with others; False when somebody holds it exclusively."""
        return self._take(fcntl.LOCK_SH)

    def wait_exclusive(self, *, seconds: float) -> bool:
        """Take it for oneself, waiting for others to let go; False when they do not in time."""
        return self._wait(fcntl.LOCK_EX, seconds)

    def wait_shared(self, *, seconds: float) -> bool:
        """Take it together with others, waiting for an exclusive holder; False when it does not
        let go in time.
        """
        return self._wait(fcntl.LOCK_SH, seconds)

    def let_go(self) -> None:
        """Release it and close the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.let_go()

    def _take(self, mode: int) -> bool:
        try:
            fcntl.flock(self._handle, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(self, mode: int, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self._take(mode):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def starting(folder: Path) -> FileLock:
    """Held while a server is prepared and started: of two starters one waits."""
    return FileLock(folder / "starting.lock")


def using(folder: Path) -> FileLock:
    """Shared by every process that uses the server; the keeper takes it exclusively to see that
    nobody does.
    """
    return FileLock(folder / "using.lock")


def keeping(folder: Path) -> FileLock:
    """Held by the keeper for its whole life: whoever can take it knows that no server is kept."""
    return FileLock(folder / "keeping.lock")
