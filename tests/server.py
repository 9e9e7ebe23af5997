"""The database server of the tests: one, shared by every run in this checkout, kept warm
between runs.

A template database is built once from the migrations; every test process works in a copy of it.
What a killed run left is removed by the next.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection, sql

from valedor.config import embedded, logins
from valedor.config.embedded import addresses

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / f"test-postgres-{os.getuid()}"
# Two runs that start together build the template once: a number of our own for advisory locks.
LOCK = 7_245_319
KEPT_TEMPLATES = 4


def database_name() -> str:
    """The database of this process."""
    return f"test_{os.getpid()}"


def address(database: str) -> str:
    """How the application connects to one of the copies."""
    return addresses.application(HOME, database)


def owner_address(database: str) -> str:
    """How the owner of the tables connects to it."""
    return addresses.owner(HOME, database)


@contextmanager
def joined() -> Iterator[None]:
    """Use the server for the length of a run. It may lose everything when the power goes."""
    membership = embedded.join(HOME, durable=False)
    try:
        _remove_leftovers()
        yield
    finally:
        membership.leave()


def make_copy(database: str) -> None:
    """Make a database with every table in place and no row but those of migrations."""
    with _server() as server:
        # The template stays while it is copied, whatever other runs build.
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        template = _template(server)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY").format(
                sql.Identifier(database), sql.Identifier(template), sql.Identifier(addresses.OWNER)
            )
        )
        server.execute(logins.closing(database, addresses.APPLICATION))


@contextmanager
def empty_database() -> Iterator[str]:
    """A database without tables, the owner's."""
    name = f"{database_name()}_empty"
    with _server() as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(addresses.OWNER)
            )
        )
    try:
        yield name
    finally:
        drop(name)


def drop(database: str) -> None:
    """Remove a copy, whoever is still connected."""
    with _server() as server:
        _drop(server, database)


def _server() -> Connection[Any]:
    return psycopg.connect(addresses.superuser(HOME), autocommit=True)


def _drop(server: Connection[Any], database: str) -> None:
    server.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
    )


def _digest() -> str:
    """What the tables are made from: when it changes, the template is built anew."""
    made_from = hashlib.sha256(f"{version('django')} {version('procrastinate')}".encode())
    sources = [
        *ROOT.glob("valedor/*/migrations/*.py"),
        *ROOT.glob("valedor/**/*.sql"),
        ROOT / "valedor/config/settings.py",
        ROOT / "valedor/config/logins.py",
    ]
    for source in sorted(sources):
        made_from.update(f"{source.relative_to(ROOT)}\n".encode() + source.read_bytes())
    return made_from.hexdigest()[:16]


def _template(server: Connection[Any]) -> str:
    template = f"template_{_digest()}"
    known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
    if known:
        return template
    making = f"test_{os.getpid()}_making"
    _drop(server, making)
    server.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(making), sql.Identifier(addresses.OWNER)
        )
    )
    made = subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", "migrate", "--quiet"],
        check=False,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "valedor.config.settings",
            "DATABASE_URL": address(making),
            "DATABASE_OWNER_URL": addresses.owner(HOME, making),
        },
    )
    if made.returncode:
        raise RuntimeError(f"The tables could not be made:\n{made.stderr}")
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(making), sql.Identifier(template)
        )
    )
    _remove_old_templates(server)
    return template


def _remove_old_templates(server: Connection[Any]) -> None:
    rows = server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC"
    ).fetchall()
    for (name,) in rows[KEPT_TEMPLATES:]:
        _drop(server, name)


def _remove_leftovers() -> None:
    """Drop the databases of runs whose process is gone."""
    with _server() as server:
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'"
        ).fetchall()
        for (name,) in rows:
            number = name.split("_")[1]
            if not Path(f"/proc/{number}").exists():
                _drop(server, name)
