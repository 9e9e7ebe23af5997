"""``valedor run``: what it starts ends with it, however it ends."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ground
from valedor.config.tests.test_embedded import home, nothing_is_left

__all__ = ["home"]

pytestmark = pytest.mark.xdist_group("whole installation")


class Running:
    """An installation of its own, with the embedded server, on a free port."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = ground.free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "valedor.config.command_line", "run"],
            env=kept | {"VALEDOR_HOME": str(home), "PORT": str(self.port), "WEB_WORKERS": "1"},
            start_new_session=True,
        )

    def ask(self, path: str) -> tuple[int, str]:
        """Status and text; 0 while nothing listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_for(self, path: str, seconds: float = 240) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process.poll() is None
            status, text = self.ask(path)
            if status == 200:
                return text
            time.sleep(0.1)
        raise AssertionError(f"{path} does not answer: {self.ask(path)}")


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    started = Running(home)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.wait()


def test_a_whole_life(running: Running) -> None:
    """First start, ready, Ctrl-C; second start, killed. Nothing is left after either."""
    ready = running.wait_for("/readyz")
    assert json.loads(ready) == {"database": "ok", "migrations": "ok", "worker": "ok"}
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    assert nothing_is_left(running.home)
    assert running.ask("/healthz")[0] == 0

    again = Running(running.home)
    again.wait_for("/healthz")
    again.process.kill()
    again.process.wait()
    assert nothing_is_left(running.home)
    assert again.ask("/healthz")[0] == 0


def test_a_taken_port_gets_a_sentence(home: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "valedor.config.command_line", "run"],
            env={"PATH": os.environ["PATH"], "VALEDOR_HOME": str(home), "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert f"Nothing can listen on 127.0.0.1, port {port}" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("hint: PORT=")
