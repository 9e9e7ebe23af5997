"""Read a backup into an empty database, repeat the erasures done since, and verify."""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from valedor.config import command_line, home
from valedor.config.backup import archive, dumping, sealing
from valedor.config.commands import CommandFailed
from valedor.config.commands.backup import passphrase_of
from valedor.config.embedded import places

NEEDS = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, with which passphrase, and what was erased since."""
    parser.add_argument("file", type=Path, help="what valedor backup wrote")
    parser.add_argument("--passphrase-file", type=Path, help="the passphrase it was encrypted to")
    parser.add_argument("--erasures", type=Path, help="the list of erasures done since the backup")


def run(arguments: argparse.Namespace) -> int:
    """Everything is unpacked and compared with its manifest before the database is touched."""
    _refuse_unless_empty()
    erasures: Path | None = arguments.erasures
    if erasures and not erasures.is_file():
        raise CommandFailed(
            f"There is no list of erasures at {erasures}.",
            hint=f"valedor restore {arguments.file} --erasures erasures.jsonl",
            code="erasures",
        )
    if erasures and "erase-again" not in command_line.names():
        raise CommandFailed("This version cannot repeat erasures.", code="erasures", exit_code=1)
    unpacked = Path(tempfile.mkdtemp(prefix=".restore-", dir=home.home()))
    try:
        with _opened(arguments.file, passphrase_of(arguments.passphrase_file)) as file:
            manifest = archive.unpack(file, unpacked)
        _refuse_older_server(manifest)
        _load(unpacked / archive.DATABASE)
        for name in archive.FOLDERS:
            _put_in_place(unpacked / name, home.home() / name)
    except (archive.NotABackup, sealing.Broken) as error:
        raise CommandFailed(
            f"{arguments.file}: {error}",
            hint="try another copy of the backup; nothing was changed here",
            code="not_a_backup",
        ) from error
    except dumping.NoProgram as error:
        raise CommandFailed(str(error), code="not_restored", exit_code=1) from error
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    print(f"Restored what was backed up at {manifest.made_at}.", flush=True)
    # The keys are others now: what follows begins afresh and reads them.
    for words in _afterwards(erasures):
        done = subprocess.run(  # noqa: S603 -- this Python, our module
            [sys.executable, "-m", "valedor.config.command_line", *words], check=False
        )
        if done.returncode:
            raise CommandFailed(
                f"Restored, but valedor {words[0]} found something: do not serve it yet.",
                hint=f"valedor {' '.join(words)}",
                code="not_verified",
                exit_code=1,
            )
    return 0


def _afterwards(erasures: Path | None) -> list[list[str]]:
    known = command_line.names()
    steps = [["migrate", "--quiet"]]
    if erasures:
        steps.append(["erase-again", str(erasures)])
    return steps + [["verify"]] * ("verify" in known)


def _refuse_unless_empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        if cursor.fetchone()[0]:
            raise CommandFailed(
                "The database is not empty; a backup is restored into an empty one only.",
                hint="VALEDOR_HOME=/srv/valedor-restored valedor restore FILE",
                code="not_empty",
            )


def _refuse_older_server(manifest: archive.Manifest) -> None:
    """What a newer PostgreSQL dumped, an older one does not read."""
    from django.db import connection

    connection.ensure_connection()
    here, there = connection.connection.info.server_version // 10000, manifest.postgresql // 10000
    if there > here:
        raise CommandFailed(
            f"The backup was made with PostgreSQL {there}; this server is {here} and cannot "
            "read it.",
            hint=f"name a server of version {there} or later in DATABASE_OWNER_URL and "
            "DATABASE_URL, or neither: the embedded one is "
            f"{places.MAJOR}",
            code="older_server",
        )


@contextmanager
def _opened(path: Path, passphrase: bytes) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise CommandFailed(
            f"{path} cannot be read: {error.strerror}.",
            hint="name a file that valedor backup wrote",
            code="unreadable",
        ) from error
    with file:
        is_sealed = file.read(len(sealing.MAGIC)) == sealing.MAGIC
        file.seek(0)
        if not is_sealed:
            yield file
        elif not passphrase:
            raise CommandFailed(
                f"{path} is encrypted.",
                hint=f"valedor restore {path} --passphrase-file FILE",
                code="encrypted",
            )
        else:
            yield io.BufferedReader(sealing.Opener(file, passphrase), sealing.CHUNK)


def _load(dump: Path) -> None:
    from django.conf import settings
    from django.db import connection

    from valedor.config import migrating

    connection.ensure_connection()
    server = connection.connection
    try:
        migrating.prepare_application(server)
    except migrating.CannotPrepare as error:
        raise CommandFailed(
            str(error), hint=error.hint, lines=error.statements, code="not_prepared"
        ) from error
    dumping.restore(settings.DATABASE_OWNER_URL, server.info.server_version, dump)
    server.execute("ANALYZE")


def _put_in_place(source: Path, target: Path) -> None:
    """Put the restored files where they belong; a key drawn by this very start gives way."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            to = target / path.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.move(path, to)
