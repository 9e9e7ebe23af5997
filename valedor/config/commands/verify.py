"""Verify chains, personal parts, documents and case rows, of everything or of some cases.

With a head and its public key, both kept elsewhere, also that no chain was rewritten, shortened or
taken out since that head was signed. The exit code is 1 when anything is broken.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from valedor.config.commands import CommandFailed

if TYPE_CHECKING:
    from valedor.casefile.verification import Broken

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which cases, and the head to compare with."""
    parser.add_argument("reference", nargs="*", help="a case; every case when none is named")
    parser.add_argument("--head", type=Path, help="a head of VALEDOR_HOME/heads kept elsewhere")
    parser.add_argument("--public-key", type=Path, help="keys/heads.public.pem kept elsewhere")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Everything that is broken is a line with its case and entry."""
    from valedor.casefile.verification import verify
    from valedor.foundation.references import read_reference

    if (arguments.head is None) != (arguments.public_key is None):
        raise CommandFailed(
            "A head is compared with the public key that was kept with it: name both.",
            hint="valedor verify --head FILE --public-key FILE",
            code="head_without_key",
        )
    references = [read_reference(typed) for typed in arguments.reference]
    is_watched = sys.stderr.isatty() and not arguments.json
    compared = _compared(arguments) if arguments.head else []
    found = verify(
        references, say=lambda text: print(text, file=sys.stderr) if is_watched else None
    )
    found.broken += compared
    if arguments.json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        for broken in found.broken:
            line = "" if broken.sequence is None else f", line {broken.sequence}"
            print(f"{broken.reference}{line}: {broken.what}")
        print(
            f"{found.cases} cases, {found.entries} entries, {found.documents} documents, "
            f"{found.erased} erased cases: {len(found.broken) or 'nothing'} broken."
        )
    return 1 if found.broken else 0


def _compared(arguments: argparse.Namespace) -> "list[Broken]":
    """What differs from the head. One that cannot be read was asked wrongly; one with another's
    signature is a finding.
    """
    from valedor.casefile import heads

    try:
        head = heads.read_head(arguments.head)
        key = heads.read_public_key(arguments.public_key)
    except heads.BadHead as error:
        raise CommandFailed(
            str(error),
            hint="valedor verify --head heads/000001.json --public-key keys/heads.public.pem",
            code="bad_head",
        ) from error
    try:
        return list(heads.compare_with(head, key))
    except heads.BadHead as error:
        raise CommandFailed(
            str(error),
            hint="name the public key that was kept with this head",
            code="bad_head",
            exit_code=1,
        ) from error
