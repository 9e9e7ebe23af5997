"""Change the settings by a file, or write them out as one."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from valedor.config.commands import CommandFailed

if TYPE_CHECKING:
    from valedor.config.configuration import Applied
    from valedor.people.models import Account

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and what to do with it."""
    parser.add_argument("file", nargs="?", metavar="FILE.toml", help="what to change; - reads it")
    parser.add_argument(
        "--check", action="store_true", help="say what would change, change nothing"
    )
    parser.add_argument("--export", action="store_true", help="write the settings as such a file")
    parser.add_argument("--by", metavar="USERNAME", help="the administrator who does it")
    parser.add_argument(
        "--invite", action="store_true", help="print a one-time link for everybody who is new"
    )


def run(arguments: argparse.Namespace) -> int:
    """All or nothing; each change is a line in the administration log."""
    from valedor.config.configuration import exported

    if arguments.export == bool(arguments.file):
        raise CommandFailed(
            "Name a file to read, or ask for one to be written.",
            hint="valedor configure --export > settings.toml",
            code="usage",
        )
    if arguments.export:
        sys.stdout.write(exported())
        return 0
    applied = _applied(arguments)
    _tell(applied, is_check=arguments.check)
    return 0


def _applied(arguments: argparse.Namespace) -> "Applied":
    from django.db import transaction

    from valedor.config.configuration import ConfigurationRefused, apply, read
    from valedor.foundation.moments import now
    from valedor.people.actions.accounts import reset_sign_in

    name, text = text_of(arguments.file)
    by, at = administrator(arguments.by), now()
    try:
        with transaction.atomic():
            applied = apply(read(text, file=name), file=name, by=by, at=at, check=arguments.check)
            links = [
                f"{account.username}: {reset_sign_in(account, by=by, at=at)}"
                for account in applied.added
                if arguments.invite and not arguments.check and account.is_active
            ]
    except ConfigurationRefused as refused:
        raise CommandFailed(
            refused.message,
            hint="docs/reference/configuration.md lists every table and field",
            code="configuration_refused",
        ) from refused
    for link in links:
        print(link)
    return applied


def text_of(path: str) -> tuple[str, str]:
    """The name of a file and what it says; ``-`` is standard input."""
    try:
        if path == "-":
            return "standard input", sys.stdin.buffer.read().decode()
        return path, Path(path).read_text("utf-8")
    except OSError as error:
        raise CommandFailed(
            f"{path} cannot be read: {error.strerror}.",
            hint=f"ls -l {path}",
            code="file_unreadable",
        ) from error
    except UnicodeDecodeError as error:
        raise CommandFailed(
            f"{path} is not UTF-8 text: byte {error.start + 1} cannot be read.",
            hint=f"iconv -f latin1 -t utf-8 {path}",
            code="file_unreadable",
        ) from error


def administrator(username: str | None) -> "Account | None":
    """Whoever changes settings by command; nobody for the console."""
    from valedor.people.models import Account, Role
    from valedor.people.queries import roles_of

    if username is None:
        return None
    account = Account.objects.filter(username=username).first()
    if account is None or Role.ADMINISTRATOR not in roles_of(account):
        raise CommandFailed(
            f"{username} is no administrator here.",
            hint="name somebody who holds the role administrator",
            code="not_administrator",
        )
    return account


def _tell(applied: "Applied", *, is_check: bool) -> None:
    from valedor.people.acts import words_of

    if not applied.lines:
        print("Everything is so already: nothing to change.")
        return
    print("This would change:" if is_check else "Changed:")
    for line in applied.lines:
        names = ", ".join(sorted(line.after or {}))
        print(f"  {line.subject}: {words_of(line.act)}{f' ({names})' if names else ''}")
    for username in dict.fromkeys(applied.waiting):
        print(f"  {username}: waits until the ombudsman's office confirms it on its page.")
