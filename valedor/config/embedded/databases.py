"""The logins and the database of the embedded server, made by its superuser, who does nothing
else.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from valedor.config import logins
from valedor.config.embedded import addresses


def make(home: Path) -> None:
    """Make owner, application login and database where they are missing."""
    with psycopg.connect(addresses.superuser(home), autocommit=True) as server:
        for login in (addresses.OWNER, addresses.APPLICATION):
            if not logins.exists(server, login):
                server.execute(logins.creation(login))
        made = server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [addresses.DATABASE]
        ).fetchone()
        if made is None:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(addresses.DATABASE), sql.Identifier(addresses.OWNER)
                )
            )
            server.execute(logins.closing(addresses.DATABASE, addresses.APPLICATION))


def make_anew(home: Path) -> None:
    """Throw the database away with everything in it, and make an empty one."""
    with psycopg.connect(addresses.superuser(home), autocommit=True) as server:
        server.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(addresses.DATABASE)
            )
        )
    make(home)


def was_signed_in_to(home: Path) -> bool:
    """Whether anybody ever signed in to the application: then the database is somebody's."""
    with psycopg.connect(addresses.superuser(home, addresses.DATABASE)) as server:
        found = server.execute("SELECT to_regclass('public.people_account')").fetchone()
        if found == (None,):
            return False
        signed_in = server.execute(
            "SELECT EXISTS (SELECT FROM people_account WHERE last_login IS NOT NULL)"
        ).fetchone()
        return signed_in == (True,)
