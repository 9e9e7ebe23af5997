"""The embedded server: shared, stopped by the last, never left behind, never started twice."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from valedor.config import embedded
from valedor.config.embedded import addresses, data_folder, folders, places
from valedor.config.embedded.carrying_over import carry_over

JOIN_AND_WAIT = """
import sys, time
from pathlib import Path
from valedor.config import embedded
membership = embedded.join(Path(sys.argv[1]), durable=False)
print("joined", flush=True)
time.sleep(float(sys.argv[2]))
membership.leave()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home whose folders an unprivileged account may pass, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="valedor-embedded-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def another(home: Path, seconds: float) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", JOIN_AND_WAIT, str(home), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process


def wait_until_joined(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "joined\n"


def processes_of(home: Path) -> list[int]:
    """Every process that names the home on its command line or works in it, but those that ask."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
            folder = str((entry / "cwd").readlink())
        except OSError:
            continue
        if str(home) in words or folder.startswith(str(home)):
            found.append(int(entry.name))
    return found


def nothing_is_left(home: Path, seconds: float = 10) -> bool:
    """Whether two looks in a row find nobody: one that is about to become another program has no
    command line to be told by.
    """
    until = time.monotonic() + seconds
    looks = 0
    while looks < 2 and time.monotonic() < until:
        looks = 0 if processes_of(home) else looks + 1
        time.sleep(0.05)
    return looks == 2


def test_serves_two_logins_and_stops_when_the_last_leaves(home: Path) -> None:
    first = embedded.join(home, durable=False)
    second = embedded.join(home, durable=False)
    first.leave()
    assert second.is_alive()
    with psycopg.connect(addresses.application(home)) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), rolsuper OR rolbypassrls OR rolcreaterole "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("valedor_app", "valedor", False)
    with psycopg.connect(addresses.owner(home)) as connection:
        connection.execute("CREATE TABLE mine (id int)")
    second.leave()
    assert nothing_is_left(home)


def test_keeps_what_was_written(home: Path) -> None:
    membership = embedded.join(home)
    with psycopg.connect(addresses.owner(home)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    membership.leave()
    membership = embedded.join(home)
    with psycopg.connect(addresses.owner(home)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    membership.leave()


def test_two_that_start_at_once_share_one_server(home: Path) -> None:
    several = [another(home, 1) for _ in range(3)]
    for process in several:
        wait_until_joined(process)
    keepers = [
        number
        for number in processes_of(home)
        if b"embedded.keeper" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]
    assert len(keepers) == 1
    assert [process.wait(30) for process in several] == [0, 0, 0]
    assert nothing_is_left(home)


def test_leaves_nothing_when_its_only_user_is_killed(home: Path) -> None:
    user = another(home, 60)
    wait_until_joined(user)
    user.kill()
    user.wait()
    assert nothing_is_left(home)


def test_stops_with_its_keeper_and_starts_again(home: Path) -> None:
    membership = embedded.join(home, durable=False)
    assert membership.keeper is not None
    membership.keeper.kill()
    membership.keeper.wait()
    assert nothing_is_left(home)
    again = embedded.join(home, durable=False)
    assert again.is_alive()
    membership.lock.let_go()
    again.leave()


def test_is_not_misled_by_the_number_of_a_stranger(home: Path) -> None:
    embedded.join(home, durable=False).leave()
    stranger = subprocess.Popen(["sleep", "60"])
    data = home / "postgres" / "data"
    (data / "postmaster.pid").write_text(
        f"{stranger.pid}\n{data}\n1\n5432\n{home}/postgres/socket\n\n 1 2\nready   \n"
    )
    membership = embedded.join(home, durable=False)
    assert stranger.poll() is None
    assert membership.is_alive()
    membership.leave()
    stranger.send_signal(signal.SIGKILL)
    stranger.wait()


def test_refuses_the_data_of_another_major_version(home: Path) -> None:
    embedded.join(home, durable=False).leave()
    (home / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.ServerFailed, match="PostgreSQL 16") as refused:
        embedded.join(home)
    assert refused.value.hint == "valedor carry-over"
    assert nothing_is_left(home)


def test_begins_again_after_an_interrupted_start(home: Path) -> None:
    (home / "postgres" / "data.unfinished").mkdir(parents=True)
    (home / "postgres" / "data.unfinished" / "PG_VERSION").write_text("18\n")
    membership = embedded.join(home, durable=False)
    assert not (home / "postgres" / "data.unfinished").exists()
    membership.leave()


def test_a_long_path_moves_the_socket_to_a_private_folder(home: Path) -> None:
    long = home / ("x" * 60) / ("y" * 60)
    membership = embedded.join(long, durable=False)
    socket = places.place(long).socket
    assert len(str(socket)) < 60
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    with psycopg.connect(addresses.application(long)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    membership.leave()
    socket.rmdir()


def test_changes_no_mode_above_its_own_folders(home: Path) -> None:
    above = [home, *home.parents]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in above]
    embedded.join(home, durable=False).leave()
    assert [(path.stat().st_mode, path.stat().st_uid) for path in above] == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts as another account")
def test_root_moves_the_data_where_the_account_reaches_it(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    place = places.place(closed / "home")
    assert place.moved
    assert place.folder.parent == places.SYSTEM_FOLDER
    assert not places.place(home / "open").moved


def test_data_of_an_older_major_version_is_carried_over(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it will be when the wheel moves on: 16 is the old version that it still brings."""
    with monkeypatch.context() as older:
        older.setattr(places, "MAJOR", 16)
        older.setattr(places, "installed", lambda major=16: places.wheel() / "pginstall")
        older.setattr(data_folder, "INITDB", "--username postgres --auth peer --encoding UTF8")
        place = places.place(home)
        home.joinpath("postgres").mkdir(mode=0o711)
        data_folder.initialise(place, folders.account_of(place), place.data, "--locale=C")
    assert (place.data / "PG_VERSION").read_text() == "16\n"
    with pytest.raises(embedded.ServerFailed):
        embedded.join(home)

    kept = carry_over(home)

    assert kept == home / "postgres" / "data.16"
    membership = embedded.join(home, durable=False)
    with psycopg.connect(addresses.application(home)) as connection:
        assert connection.info.server_version // 10000 == places.MAJOR
    membership.leave()
    assert carry_over(home) is None
