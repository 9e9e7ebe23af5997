"""Bring in cases from the file of another system, each row once.

MAPPING is a shipped name (anatel-br, cfpb, consumidor-gov-br, madrid-avisos, pamplona-quejas,
spreadsheet) or the path of a TOML file that says which column is which
(docs/reference/import-mappings.md). FILE may be packed with gzip. Typed again after an
interruption, the same command goes on where it stood; rows that are cases already are left alone.
"""

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from valedor.config.commands import CommandFailed

if TYPE_CHECKING:
    from valedor.intake.importing.summary import Summary

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, as what, and for whom."""
    parser.add_argument("mapping", metavar="MAPPING")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--entity", required=True, metavar="KEY", help="the legal entity concerned")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="write rejected rows here too")
    parser.add_argument("--json", action="store_true", help="the summary as JSON")


def run(arguments: argparse.Namespace) -> int:
    """0 when every complaint that was read is accounted for."""
    from valedor.foundation import moments
    from valedor.intake.importing import loading
    from valedor.intake.importing.mapping import mapping_text, read_mapping
    from valedor.intake.importing.refusing import MappingWrong
    from valedor.intake.importing.rejects import write_rejects
    from valedor.people.models import Entity

    entity = Entity.objects.filter(key=arguments.entity).first()
    if entity is None:
        keys = ", ".join(Entity.objects.values_list("key", flat=True)) or "none yet"
        raise CommandFailed(
            f"There is no entity {arguments.entity}.",
            hint=f"the entities are: {keys}",
            code="unknown_entity",
        )
    if arguments.rejects and not arguments.rejects.absolute().parent.is_dir():
        raise CommandFailed(
            f"The folder of {arguments.rejects} does not exist.",
            hint=f"mkdir -p {arguments.rejects.absolute().parent}",
            code="rejects_folder",
        )
    began = time.monotonic()
    try:
        mapping = read_mapping(arguments.mapping)
        digest = hashlib.sha256(mapping_text(arguments.mapping)).hexdigest()
        summary, files = loading.load(
            mapping, digest, arguments.files, entity, at=moments.now(), tell=_Progress()
        )
    except MappingWrong as wrong:
        raise CommandFailed(str(wrong), hint=wrong.hint, code=wrong.code) from wrong
    if arguments.rejects:
        write_rejects(files, entity, arguments.rejects)
    _say(arguments, summary, time.monotonic() - began)
    return 0 if summary.is_reconciled else 1


def _say(arguments: argparse.Namespace, summary: "Summary", seconds: float) -> None:
    rejects = str(arguments.rejects) if arguments.rejects else None
    if arguments.json:
        figures = vars(summary) | {"rejects_file": rejects, "seconds": round(seconds, 3)}
        print(json.dumps(figures))
    else:
        print(
            f"{summary.rows_read} rows, {summary.count_read} complaints: {summary.cases} cases, "
            f"{summary.already_present} already present, {summary.rejected} rejected. "
            f"{seconds:.1f} seconds."
        )
        if summary.rejected:
            also = f", also in {rejects}" if rejects else ""
            print(f"The rejected rows are kept with line and reason{also}.")
    if not summary.is_reconciled:
        print(
            "The figures do not add up: some complaints were neither written nor rejected.\n"
            "hint: type the same command again, then valedor verify",
            file=sys.stderr,
        )


class _Progress:
    """A line on standard error every two seconds."""

    def __init__(self) -> None:
        self.began = self.told = time.monotonic()

    def __call__(self, summary: "Summary") -> None:
        now = time.monotonic()
        if now - self.told < 2:
            return
        self.told = now
        print(
            f"{summary.rows_read} rows read, {summary.cases} cases, {summary.rejected} rejected, "
            f"{summary.cases / (now - self.began):.0f} cases a second",
            file=sys.stderr,
        )
