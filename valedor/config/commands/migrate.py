"""Make or change the tables, as their owner, and let the application's login use them."""

import argparse

from valedor.config.commands import CommandFailed

NEEDS = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None but how much is said."""
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")


def run(arguments: argparse.Namespace) -> int:
    """Logins first, since what a migration makes is given to the application as it is made."""
    from valedor.config import migrating

    try:
        applied = migrating.migrate()
    except migrating.CannotPrepare as error:
        raise CommandFailed(
            str(error), hint=error.hint, lines=error.statements, code="not_prepared"
        ) from error
    if not arguments.quiet:
        print(f"{applied} migrations applied." if applied else "The tables are up to date.")
    return 0
