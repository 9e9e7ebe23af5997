"""Keeping processes running: started together, restarted when they die, ended together."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from valedor.config.embedded.processes import die_with_parent

logger = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
ENDING_SECONDS = 25.0


@dataclass
class Child:
    """One process that must run. It dies with us, even when we are killed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    pause: float = field(default=FIRST_PAUSE, init=False)
    again_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it in a process group of its own: what is typed at the terminal reaches us
        alone.
        """
        self.process = subprocess.Popen(  # noqa: S603 -- this Python, our module
            list(self.command),
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Start it again when it has died: after a second, then two, four … and at most thirty."""
        at = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            if at - self.started_at > STEADY_AFTER:
                self.pause = FIRST_PAUSE
            return
        if self.process is not None:
            logger.error(
                "a process died and is started again",
                extra={
                    "child": self.name,
                    "code": self.process.returncode,
                    "seconds": self.pause,
                },
            )
            self.process, self.again_at = None, at + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if at >= self.again_at:
            self.start()


def end(children: Sequence[Child]) -> None:
    """Ask all to end, wait, and cut off what does not."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    until = time.monotonic() + ENDING_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            # The whole group: a web server has worker processes of its own.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
