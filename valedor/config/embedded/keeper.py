"""The process beside the server: it starts PostgreSQL, waits until nobody uses it any more, and
stops it.

It belongs to no user of the server, so the first to come may leave first. Users hold a shared
lock, which the kernel drops when they die, of SIGKILL too; the server in turn dies with the
keeper.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from valedor.config.embedded import locks, places, processes, programs, tuning

EVERY = 0.2
PATIENCE = 60


def keep(home: Path, *, durable: bool) -> int:
    """Run the server of ``home`` until nobody uses it, a signal asks for its end, or it ends by
    itself.
    """
    place = places.place(home)
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)

    with locks.keeping(place.folder) as kept, locks.using(place.folder) as used:
        # Whoever asks whether a keeper is there holds this lock for an instant.
        if not kept.wait_exclusive(seconds=5):
            return 0
        server = _start(place, durable=durable)
        while server.poll() is None and not stopping and not used.exclusive():
            time.sleep(EVERY)
        return _stop(server)


def _start(place: places.Place, *, durable: bool) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "",
        "port": str(places.PORT),
        "unix_socket_directories": str(place.socket),
        "unix_socket_permissions": "0700",
        "hba_file": str(place.data / "valedor_hba.conf"),
        "ident_file": str(place.data / "valedor_ident.conf"),
    } | ({} if durable else tuning.NOT_DURABLE)
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with place.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 -- the wheel's own program
            [str(programs.folder(place) / "postgres"), "-D", str(place.data), *arguments],
            cwd=place.data,
            env=processes.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=processes.die_with_parent(signal.SIGINT),
            **processes.as_account(place.account),
        )


def _stop(server: subprocess.Popen[bytes]) -> int:
    """Stop at once but cleanly (PostgreSQL's fast shutdown); what hangs after a minute is cut
    off.
    """
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
    return server.wait()


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1]), durable=sys.argv[2] == "durable"))
