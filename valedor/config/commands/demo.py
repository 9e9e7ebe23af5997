"""Fill an empty database with the demonstration: two entities, their people, some 300 cases."""

import argparse

from valedor.config import home
from valedor.config.commands import CommandFailed

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_arguments: argparse.Namespace) -> int:
    """Never beside an organisation that is there already."""
    from valedor.config import demonstration
    from valedor.people.models import Organisation

    if Organisation.objects.exists():
        raise CommandFailed(
            "This database has an organisation already; the demonstration is made in an empty one.",
            hint="VALEDOR_HOME=/tmp/demonstration valedor run",
            code="not_empty",
        )
    mark = home.unfinished_demonstration()
    mark.touch()
    demonstration.make()
    mark.unlink()
    return 0
