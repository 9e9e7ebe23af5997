"""A real SMS gateway for tests: Debian's Kannel, with the SMS centre that comes with it.

Bearerbox and smsbox run as whoever starts them, on ports of the test's own. The SMS centre is
``fakesmsc``: it takes what we send, says that it was delivered, and sends what it is told to.
"""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.dovecot import free_port

LOGIN, PASSWORD = "valedor", "horse-battery"
_BOXES = "/usr/sbin:/usr/bin"
_CENTRE = "/usr/lib/kannel/test/fakesmsc"
_CONFIG = """\
group = core
admin-port = {admin}
admin-password = {password}
smsbox-port = {boxes}
box-allow-ip = 127.0.0.1
dlr-storage = internal
log-level = 0
log-file = {home}/bearerbox.log

group = smsc
smsc = fake
smsc-id = CENTRE
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sending}
log-level = 0
log-file = {home}/smsbox.log

group = sendsms-user
username = {login}
password = {password}
max-messages = 10
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "{door}?from=%p&to=%P&text=%a&id=%I&time=%t"
"""


@dataclass
class Kannel:
    """The gateway while it runs."""

    home: Path
    sending: int
    centre: int
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it takes messages."""
        return f"http://127.0.0.1:{self.sending}/cgi-bin/sendsms"

    def start(self, *command: str) -> None:
        """A process that ends with the gateway; what it says lies in a file."""
        with (self.home / "said").open("ab") as said:
            self.processes.append(subprocess.Popen(command, stdout=said, stderr=said))

    def write(self, sender: str, text: str) -> None:
        """Somebody writes from a telephone; the centre stays, to take what is answered."""
        words = f"{sender} 600900100 text {text}"
        self.start(
            _CENTRE, "-H", "127.0.0.1", "-r", str(self.centre), "-m", "1", "-i", "0.1", words
        )

    def listen(self) -> None:
        """Connect the centre, which writes nothing by itself."""
        self.start(_CENTRE, "-H", "127.0.0.1", "-r", str(self.centre), "-m", "0", "1 2 text -")

    def taken(self) -> str:
        """What the centre took, all parts one behind the other."""
        found = []
        for line in (self.home / "said").read_text("utf-8", "replace").splitlines():
            _before, mark, after = line.partition("Got message ")
            if mark:
                _number, _to, _sender, kind, words = after.removesuffix(">").split(" ", 4)
                found.append(words if kind == "text" else _decoded(words.rpartition(" ")[2]))
        return "".join(found)


def _decoded(words: str) -> str:
    coded = unquote_to_bytes(words.replace("+", " "))
    return coded.decode("utf-16-be" if b"\0" in coded else "latin-1")


@contextmanager
def running(*, door: str) -> Iterator[Kannel]:
    """Run a gateway as long as the block lasts. ``door`` is where it brings messages."""
    home = Path(tempfile.mkdtemp(prefix="valedor-kannel-"))
    gateway = Kannel(home, free_port(), free_port())
    config = home / "kannel.conf"
    config.write_text(
        _CONFIG.format(
            home=home, door=door, login=LOGIN, password=PASSWORD, admin=free_port(),
            boxes=free_port(), centre=gateway.centre, sending=gateway.sending,
        )
    )  # fmt: skip
    try:
        gateway.start(shutil.which("bearerbox", path=_BOXES) or "bearerbox", str(config))
        _wait(gateway, gateway.centre)
        gateway.start(shutil.which("smsbox", path=_BOXES) or "smsbox", str(config))
        _wait(gateway, gateway.sending)
        yield gateway
    finally:
        for process in reversed(gateway.processes):
            process.send_signal(signal.SIGTERM)
        for process in reversed(gateway.processes):
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _wait(gateway: Kannel, port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Kannel did not start: {(gateway.home / 'said').read_text()[-2000:]}")
