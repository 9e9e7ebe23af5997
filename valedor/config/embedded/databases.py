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
