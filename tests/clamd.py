"""A real scanner for tests: Debian's clamd, started by us, that knows one content as harmful."""

import hashlib
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.dovecot import free_port
from valedor.foundation.clamd import Clamd, Unreachable

HARMFUL = b"This stands for something harmful in the tests of Valedor.\n"
NAME = "Valedor.Test.UNOFFICIAL"  # So the daemon marks what ClamAV itself did not sign.
_CONFIG = """\
Foreground yes
DatabaseDirectory {home}/signatures
LocalSocket {home}/socket
TCPAddr 127.0.0.1
TCPSocket {port}
StreamMaxLength {largest}
SelfCheck 0
MaxThreads 2
ConcurrentDatabaseReload no
"""


@dataclass(frozen=True)
class Scanner:
    """The daemon while it runs, by both addresses."""

    tcp: str
    unix: str


@contextmanager
def running(*, largest: str = "26M") -> Iterator[Scanner]:
    """Run a daemon as long as the block lasts. It takes no content over ``largest``."""
    home = Path(tempfile.mkdtemp(prefix="valedor-clamd-"))
    (home / "signatures").mkdir()
    digest = hashlib.sha256(HARMFUL).hexdigest()
    (home / "signatures/own.hsb").write_text(f"{digest}:{len(HARMFUL)}:Valedor.Test:73\n")
    port = free_port()
    (home / "clamd.conf").write_text(_CONFIG.format(home=home, port=port, largest=largest))
    program = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin") or "clamd"
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-c", str(home / "clamd.conf")], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait(Clamd(host="127.0.0.1", port=port), process, home / "log")
        yield Scanner(f"tcp://127.0.0.1:{port}", f"unix://{home}/socket")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _wait(daemon: Clamd, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            daemon.greet()
            return
        except Unreachable:
            time.sleep(0.05)
    raise RuntimeError(f"clamd did not start: {log.read_text('utf-8', 'replace')}")
