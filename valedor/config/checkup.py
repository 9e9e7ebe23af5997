"""The installation's own questions: database, roles, policies, folders, mail server, worker,
words.
"""

import os
import ssl
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from valedor.channels.carriers import NotTaken
from valedor.channels.email.server import mail_server as server_of
from valedor.clocks.regions import PUBLISHED_THROUGH
from valedor.config import health, home, translations
from valedor.foundation import jobs
from valedor.foundation.checkup import Finding, question
from valedor.foundation.environment import BadSetting
from valedor.foundation.moments import now

# What a month's limit needs. Before that there is nothing to do: a year's calendars are published
# in the autumn before it.
CALENDARS_AHEAD = timedelta(days=31)


@question("database")
def database() -> Iterator[Finding]:
    """It answers, and its tables are those of this version."""
    connection.ensure_connection()
    version = connection.connection.info.server_version
    yield Finding(f"PostgreSQL {version // 10000}.{version % 10000} answers.")
    missing = len(health.migrations.missing())
    if missing:
        yield Finding(f"{missing} migrations are missing.", "valedor migrate")


@question("roles")
def roles() -> Iterator[Finding]:
    """The application's login is one that row policies bind."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT rolname, rolsuper, rolbypassrls,
                (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)
            FROM pg_roles WHERE rolname = current_user
            """
        )
        login, is_super, bypasses, owned = cursor.fetchone()
    if is_super or bypasses:
        yield Finding(
            f"Row policies do not bind the login {login}.",
            f'run as the server\'s administrator: ALTER ROLE "{login}" NOSUPERUSER NOBYPASSRLS',
        )
    if owned:
        yield Finding(
            f"The login {login} owns {owned} tables or indexes, and policies do not bind an owner.",
            "name a login of its own in DATABASE_URL, then type valedor migrate",
        )
    if not (is_super or bypasses or owned):
        yield Finding(f"The login {login} owns nothing and row policies bind it.")


@question("row policies")
def row_policies() -> Iterator[Finding]:
    """Every table that has policies enforces them; every table of case rows has some."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, relrowsecurity,
                EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
            FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                AND (EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
                    OR 2 = (SELECT count(*) FROM pg_attribute WHERE attrelid = pg_class.oid
                        AND attname IN ('seats', 'case_id') AND NOT attisdropped))
            ORDER BY relname
            """
        )
        rows = cursor.fetchall()
    open_tables = [name for name, enforced, has_policies in rows if not (enforced and has_policies)]
    for name in open_tables:
        yield Finding(
            f"No row policy is in force on {name}.", "valedor migrate, or restore a backup"
        )
    if not open_tables:
        yield Finding(f"Row policies are in force on {len(rows)} tables.")


@question("folders")
def folders() -> Iterator[Finding]:
    """They can be written, and nobody else reads the keys."""
    for name in ("", "documents", "keys", "mail", "heads"):
        folder = Path(settings.VALEDOR_HOME) / name
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(nearest, os.W_OK | os.X_OK):
            yield Finding(f"{folder} cannot be written.", f"chown -R {os.geteuid()} {nearest}")
    keys = home.folder("keys")
    if keys.stat().st_mode & 0o077:
        yield Finding(f"{keys} can be opened by others.", f"chmod 700 {keys}")
    yield Finding(f"{settings.VALEDOR_HOME} is where documents, keys and signed heads are kept.")


@question("mail server")
def mail_server() -> Iterator[Finding]:
    """It takes our greeting and our password; nothing is sent."""
    if not settings.SMTP_URL:
        if settings.DEMO:
            yield Finding("Letters of the demonstration are kept, not sent.")
        else:
            yield Finding("No mail server is set: letters wait.", "set SMTP_URL")
        return
    try:
        server = server_of(settings.SMTP_URL, settings.PUBLIC_HOST)
        server.open().end()
    except BadSetting as wrong:
        yield Finding(str(wrong), "set SMTP_URL")
    except NotTaken as refusal:
        untrusted = isinstance(refusal.__cause__, ssl.SSLCertVerificationError)
        cure = (
            "name the file of its authority in SSL_CERT_FILE" if untrusted else "look at SMTP_URL"
        )
        yield Finding(f"The mail server does not take letters: {refusal}", cure)
    else:
        yield Finding(f"{server.host} answers on port {server.port}.")


@question("worker")
def worker() -> Iterator[Finding]:
    """Somebody does the work that waits."""
    found = jobs.health()
    if found.worker_seen_at is None or now() - found.worker_seen_at > health.WORKER_SILENCE:
        yield Finding(f"No worker is alive; {found.waiting} jobs wait.", "valedor worker")
    else:
        yield Finding(f"A worker is alive; {found.waiting} jobs wait.")


@question("failed jobs")
def failed_jobs() -> Iterator[Finding]:
    """Work that was given up."""
    found = jobs.health()
    if found.failed:
        names = ", ".join(found.failed_tasks)
        yield Finding(f"{found.failed} jobs were given up: {names}.", "valedor jobs")
    else:
        yield Finding("No job was given up.")


@question("calendars")
def calendars() -> Iterator[Finding]:
    """The holidays that limits are counted with are published far enough ahead."""
    today = now().date()
    ends_on = date(PUBLISHED_THROUGH, 12, 31)
    if ends_on - today < CALENDARS_AHEAD:
        yield Finding(
            f"The calendars end on {ends_on}: limits that look past it are provisional.",
            "install the version of Valedor that brings next year's holidays",
        )
    else:
        yield Finding(f"The calendars reach to {ends_on}.")


@question("translations")
def missing_translations() -> Iterator[Finding]:
    """Every text in every language."""
    for language, missing in translations.missing().items():
        if missing:
            yield Finding(f"{missing} texts have no translation into {language}.", "make messages")
    if not any(translations.missing().values()):
        yield Finding("Every text is translated.")
