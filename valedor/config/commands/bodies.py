"""Bring in bodies outside the house, or write them out as a file.

FILE is TOML or CSV (docs/reference/bodies.md); - reads TOML from standard input. Each version of a
body is set by its key and first day: one that is there already is corrected, a later one takes the
place of the one before it from that day on. What the file does not tell of stays. All or nothing.
"""

import argparse
import sys
from pathlib import Path

from valedor.config.commands import CommandFailed

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and what to do with it."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="what to bring in; - reads it")
    parser.add_argument(
        "--check", action="store_true", help="say what would change, change nothing"
    )
    parser.add_argument("--export", choices=["toml", "csv"], help="write every body as such a file")
    parser.add_argument("--by", metavar="USERNAME", help="the administrator who does it")


def run(arguments: argparse.Namespace) -> int:
    """All or nothing; each change is a line in the administration log."""
    from valedor.bodies import taking_in
    from valedor.bodies.queries import every_body
    from valedor.config.commands.configure import administrator, text_of
    from valedor.foundation.moments import now
    from valedor.people.acts import words_of
    from valedor.procedures.refusals import PackRefused

    if bool(arguments.export) == bool(arguments.file):
        raise CommandFailed(
            "Name a file to read, or ask for one to be written.",
            hint="valedor bodies --export toml > bodies.toml",
            code="usage",
        )
    if arguments.export:
        write = taking_in.as_csv if arguments.export == "csv" else taking_in.as_toml
        sys.stdout.write(write(every_body()))
        return 0
    name, text = text_of(arguments.file)
    by = administrator(arguments.by)
    try:
        found = taking_in.take_in(
            text, file=Path(name).name, by=by, at=now(), check=arguments.check
        )
    except PackRefused as refused:
        raise CommandFailed(
            refused.message,
            hint="docs/reference/bodies.md lists every field",
            code="bodies_refused",
        ) from refused
    if not found.lines:
        print("Everything is so already: nothing to change.")
        return 0
    print("This would change:" if arguments.check else "Changed:")
    for line in found.lines:
        names = ", ".join(sorted(line.after or {}))
        print(f"  {line.subject}: {words_of(line.act)} ({names})")
    return 0
