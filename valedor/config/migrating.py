"""Bringing a database to this version: its two logins, its tables, and who may use them."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import conninfo, errors

from valedor.config import logins
from valedor.config.publishing import publish
from valedor.foundation.moments import now

OLDEST = 15
# One migration at a time: a number of our own for PostgreSQL's advisory locks.
LOCK = 7_245_318


class CannotPrepare(Exception):
    """The owner may not make the application's login, or the logins are not as they must be.

    ``statements`` are what an administrator of the server runs instead.
    """

    def __init__(self, message: str, hint: str = "", statements: list[str] | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.statements = statements or []


def migrate() -> int:
    """Apply what is missing and return how many migrations that were.

    Raises ``CannotPrepare`` before anything is changed.
    """
    connection.ensure_connection()
    server: psycopg.Connection[Any] = connection.connection
    if server.info.server_version // 10000 < OLDEST:
        raise CannotPrepare(
            f"The server is PostgreSQL {server.info.server_version // 10000}; "
            f"{OLDEST} or later is needed."
        )
    server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        prepare_application(server)
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", interactive=False, verbosity=0)
        publish(at=now())
        make_sure_it_connects(settings.DATABASE_URL)
        return len(plan)
    finally:
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def make_sure_it_connects(address: str) -> None:
    """Connect once as the application: what web and worker would stumble over is told here.

    Raises ``CannotPrepare`` for a refused login and for another database than the owner's.
    """
    try:
        with psycopg.connect(address, connect_timeout=15) as application:
            found = application.execute("SELECT to_regclass('public.people_organisation')")
            has_tables = found.fetchone() != (None,)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotPrepare(
            f"The tables are there, but the application cannot connect: {reason}.",
            "DATABASE_URL needs the login's password and an address where the server asks for it, "
            "say postgresql://valedor_app:password@127.0.0.1:5432/valedor",
        ) from error
    if not has_tables:
        raise CannotPrepare(
            "DATABASE_URL and DATABASE_OWNER_URL name different databases.",
            "name the same host, port and database in both",
        )


def prepare_application(server: psycopg.Connection[Any]) -> None:
    """Make the application's login where it is missing, and give it what it needs, once."""
    parts = conninfo.conninfo_to_dict(settings.DATABASE_URL)
    application, password = str(parts.get("user") or ""), str(parts.get("password") or "")
    if not application or application == server.info.user:
        raise CannotPrepare(
            "DATABASE_URL and DATABASE_OWNER_URL name the same login: "
            "row policies do not bind the owner of the tables.",
            "name a login of its own in DATABASE_URL, say valedor_app",
        )
    if not logins.exists(server, application):
        creation = logins.creation(application, password)
        try:
            server.execute(creation)
        except errors.InsufficientPrivilege as error:
            raise CannotPrepare(
                f"The login {application} does not exist and {server.info.user} may not make it. "
                "An administrator of the server runs:",
                "then type valedor migrate again",
                [logins.creation(application, "…" if password else "").as_string(server) + ";"],
            ) from error
    rights = server.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [application]
    ).fetchone()
    if rights and rights[0]:
        raise CannotPrepare(
            f"The login {application} is a superuser or has BYPASSRLS: no row policy binds it.",
            f'ALTER ROLE "{application}" NOSUPERUSER NOBYPASSRLS',
        )
    if not logins.has_privileges(server, application):
        for statement in logins.privileges(application):
            server.execute(statement)
