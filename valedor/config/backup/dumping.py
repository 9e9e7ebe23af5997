"""PostgreSQL's own dump of the database, with programs no older than the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from psycopg import conninfo

from valedor.config.embedded import places, processes


class NoProgram(Exception):
    """There is no pg_dump that can read this server."""


def program(name: str, server_version: int) -> Path:
    """``pg_dump`` or ``pg_restore``: the wheel's, or the system's where the server is newer."""
    major = server_version // 10000
    candidates = {places.MAJOR: places.installed() / "bin" / name}
    for path in _of_the_system(name):
        candidates.setdefault(_major_of(path), path)
    fitting = [number for number, path in candidates.items() if number >= major and path.exists()]
    if not fitting:
        raise NoProgram(f"The server is PostgreSQL {major}, and no {name} here is as new.")
    return candidates[min(fitting)]


def _of_the_system(name: str) -> Iterator[Path]:
    yield from Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    found = shutil.which(name)
    if found:
        yield Path(found)


def _major_of(path: Path) -> int:
    said = subprocess.run([str(path), "--version"], check=False, capture_output=True, text=True)  # noqa: S603
    number = re.search(r"(\d+)[.\d]*", said.stdout)
    return int(number[1]) if number else 0


def dump(address: str, server_version: int, target: Path) -> None:
    """Write the whole database, as of one moment, in PostgreSQL's custom format."""
    _run(
        program("pg_dump", server_version),
        address,
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
    )


def restore(address: str, server_version: int, source: Path) -> None:
    """Read a dump into an empty database: all of it or nothing."""
    _run(
        program("pg_restore", server_version),
        address,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        str(source),
    )


def _run(path: Path, address: str, *words: str) -> None:
    parts = conninfo.conninfo_to_dict(address)
    password = str(parts.pop("password", None) or "")
    # The password goes by the environment: what stands on the command line everybody can read.
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own program
        [str(path), f"--dbname={conninfo.make_conninfo('', **parts)}", *words],
        check=False,
        capture_output=True,
        text=True,
        env={**processes.environment(), **({"PGPASSWORD": password} if password else {})},
        stdin=subprocess.DEVNULL,
        umask=0o077,
    )
    if done.returncode:
        raise NoProgram(f"{path.name} did not succeed: {done.stderr.strip()}")


def link_tree(source: Path, target: Path) -> None:
    """Hold on to every file of ``source`` as it is now, without copying where links are
    possible.
    """
    for folder, _folders, files in os.walk(source):
        to = target / Path(folder).relative_to(source)
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in files:
            if name.startswith(".") or (to / name).exists():
                continue
            try:
                os.link(Path(folder) / name, to / name)
            except FileNotFoundError:
                continue  # Let go of in the meantime.
            except OSError:
                shutil.copy2(Path(folder) / name, to / name)
