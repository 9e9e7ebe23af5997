"""A Python shell with the application's login: row policies hold, so begin with who looks."""

import argparse

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Code to run instead of a shell."""
    parser.add_argument("-c", "--command", help="run this and leave")


def run(arguments: argparse.Namespace) -> int:
    """Django's own shell."""
    from django.core.management import call_command

    call_command("shell", **({"command": arguments.command} if arguments.command else {}))
    return 0
