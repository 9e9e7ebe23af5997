"""Starting, sharing and stopping the embedded server."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from valedor.config.embedded import data_folder, folders, locks, places, processes
from valedor.config.embedded.failures import ServerFailed, not_ours
from valedor.config.embedded.places import Place

START_SECONDS = 60.0


@dataclass
class Membership:
    """One process's use of a running server. The last to leave stops it."""

    home: Path
    place: Place
    durable: bool
    lock: locks.FileLock
    keeper: "subprocess.Popen[bytes] | None"

    def is_alive(self) -> bool:
        """Whether the server still runs."""
        return _is_kept(self.place) and _is_ready(self.place)

    def leave(self, *, seconds: float = 60.0) -> None:
        """Use it no longer; when nobody else does, wait until it has stopped."""
        self.lock.let_go()
        until = time.monotonic() + seconds
        while time.monotonic() < until and _is_kept(self.place) and not _others_use(self.place):
            time.sleep(0.05)
        if self.keeper is not None and not _is_kept(self.place):
            self.keeper.wait(seconds)


def join(home: Path, *, durable: bool = True) -> Membership:
    """Use the server of ``home``, starting it when it does not run.

    Two that join at once share one server.

    Raises:
        ServerFailed: the folder is another account's, of another major version, or the server
            does not start.
    """
    folders.make(home, 0o755, None)
    place = places.place(home)
    account = folders.account_of(place)
    # Root's own folder lets the server's account through to its data, and lets it change nothing.
    folders.make(place.folder, 0o711 if account else 0o700, None)
    try:
        using = locks.using(place.folder)
    except PermissionError as error:
        raise not_ours(place.folder) from error
    if not using.wait_shared(seconds=START_SECONDS):
        raise ServerFailed(
            "The database server is stopping and does not come to an end.", f"tail {place.log}"
        )
    keeper = None
    try:
        with locks.starting(place.folder) as starting:
            if not starting.wait_exclusive(seconds=START_SECONDS):
                raise ServerFailed(
                    "Another process is starting the database server and does not finish."
                )
            while not _is_ready(place) or not _is_kept(place):
                if not _is_kept(place):
                    data_folder.prepare(place, account)
                    keeper = _spawn(home, place, durable=durable)
                _wait_until_ready(place, keeper)
            _make_databases(home)
    except BaseException:
        using.let_go()
        raise
    return Membership(home=home, place=place, durable=durable, lock=using, keeper=keeper)


def _make_databases(home: Path) -> None:
    from valedor.config.embedded import databases  # The keeper has no use for a database driver.

    databases.make(home)


def _spawn(home: Path, place: Place, *, durable: bool) -> "subprocess.Popen[bytes]":
    with place.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 -- this Python, our module
            [
                sys.executable,
                "-m",
                "valedor.config.embedded.keeper",
                str(home),
                "durable" if durable else "not-durable",
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=place.folder,
            env={**processes.environment(), "PYTHONDONTWRITEBYTECODE": "1"},
        )


def _wait_until_ready(place: Place, keeper: "subprocess.Popen[bytes] | None") -> None:
    """Until it is ready, or until a keeper that was already there has gone: the caller then starts
    another.
    """
    until = time.monotonic() + START_SECONDS
    while not _is_ready(place):
        if keeper is None and not _is_kept(place):
            return
        if keeper is not None and keeper.poll() is not None:
            raise ServerFailed(
                f"The database server does not start: {_last_words(place)}", f"tail {place.log}"
            )
        if time.monotonic() > until:
            raise ServerFailed("The database server takes too long to start.", f"tail {place.log}")
        time.sleep(0.02)


def _is_ready(place: Place) -> bool:
    """The server writes its state into the eighth line of its pid file, as its own pg_ctl reads
    it.
    """
    try:
        lines = (place.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _is_kept(place: Place) -> bool:
    with locks.keeping(place.folder) as lock:
        return not lock.shared()


def _others_use(place: Place) -> bool:
    """Whether another process shares the server.

    The keeper's exclusive hold means that it is stopping.
    """
    with locks.using(place.folder) as lock:
        return lock.shared() and not lock.exclusive()


def _last_words(place: Place) -> str:
    lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines()
    return " ".join(line.strip() for line in lines[-3:])
