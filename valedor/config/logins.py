"""The two logins of a database: the owner, who makes tables, and the application, whom row
policies bind.

The application's login owns nothing, is no superuser and has no BYPASSRLS; it reads and writes
rows and cannot TRUNCATE, so the triggers and policies on the tables hold for everything that web
and worker do.
"""

from typing import Any

from psycopg import Connection, sql

APPLICATION = "valedor_app"

_ATTRIBUTES = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def exists(connection: Connection[Any], login: str) -> bool:
    """Whether the server knows this login."""
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone()
    return found is not None


def creation(login: str, password: str = "") -> sql.Composed:
    """Make a login that may nothing by itself."""
    statement = sql.SQL("CREATE ROLE {} " + _ATTRIBUTES).format(sql.Identifier(login))
    if password:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    return statement


def closing(database: str, application: str) -> sql.Composed:
    """Let nobody but the owner and the application connect."""
    return sql.SQL(
        "REVOKE CONNECT ON DATABASE {0} FROM PUBLIC; "
        "GRANT CONNECT, TEMPORARY ON DATABASE {0} TO {1}"
    ).format(sql.Identifier(database), sql.Identifier(application))


def privileges(application: str) -> list[sql.Composed]:
    """What the owner gives the application, on the tables there are and on those to come."""
    to = sql.Identifier(application)
    return [
        sql.SQL(text).format(to)
        for text in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        )
    ]


def has_privileges(connection: Connection[Any], application: str) -> bool:
    """Whether the owner's default privileges name the application already.

    They are given once: a later migration may take one back, and giving them again would undo that.
    """
    found = connection.execute(
        "SELECT 1 FROM pg_default_acl, aclexplode(defaclacl) AS given "
        "WHERE defaclrole = current_user::regrole AND given.grantee = to_regrole(%s)",
        [sql.Identifier(application).as_string(connection)],
    ).fetchone()
    return found is not None
