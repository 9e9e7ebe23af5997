"""Carry the embedded database over from an older major version of PostgreSQL."""

import argparse
from pathlib import Path

from valedor.config import database, home
from valedor.config.commands import CommandFailed
from valedor.config.embedded.carrying_over import carry_over

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the old version's programs are, when we do not bring them."""
    parser.add_argument("--old-programs", type=Path, help="the bin folder of the old version")


def run(arguments: argparse.Namespace) -> int:
    """The old data is kept until somebody removes it."""
    if not database.is_embedded():
        raise CommandFailed(
            "DATABASE_URL names a server of its own; its administrator carries it over.",
            code="not_embedded",
        )
    kept = carry_over(home.home(), arguments.old_programs)
    if kept is None:
        print("There is nothing to carry over.")
    else:
        print(f"Carried over. The old data is kept in {kept}; remove it when all is well.")
    return 0
