"""Repeat the erasures of a list after a backup was restored. Part of valedor restore."""

import argparse
from pathlib import Path

from valedor.config.commands import CommandFailed

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The list, as VALEDOR_HOME/erasures.jsonl was when the backup was restored."""
    parser.add_argument("file", type=Path, help="a copy of erasures.jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Cases that the backup does not know need no erasing; they are counted."""
    from valedor.casefile.actors import SYSTEM
    from valedor.casefile.models import Case
    from valedor.casefile.viewing import the_house, viewing
    from valedor.foundation.moments import now
    from valedor.privacy.actions.erase import erase_again
    from valedor.privacy.leavings import listed_erasures

    try:
        references = listed_erasures(arguments.file)
    except OSError as error:
        raise CommandFailed(
            f"{arguments.file} cannot be read: {error.strerror}.",
            hint="valedor erase-again var/erasures.jsonl",
            code="erasures",
        ) from error
    except ValueError as error:
        raise CommandFailed(
            str(error), hint="valedor erase-again var/erasures.jsonl", code="erasures"
        ) from error
    erased = unknown = 0
    for reference in dict.fromkeys(references):
        with viewing(the_house()):
            case = Case.objects.filter(reference=reference).first()
        if case is None:
            unknown += 1
        elif erase_again(case, by=SYSTEM, at=now()) is not None:
            erased += 1
    already = len(set(references)) - erased - unknown
    print(f"{erased} cases erased again, {already} already were, {unknown} are not in this backup.")
    return 0
