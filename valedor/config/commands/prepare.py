"""Do what must be done before serving: tables, translations, style sheets."""

import argparse

from valedor.config.commands import migrate, prepare_files

NEEDS = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As for migrating."""
    migrate.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """The tables first."""
    return migrate.run(arguments) or prepare_files.run(arguments)
