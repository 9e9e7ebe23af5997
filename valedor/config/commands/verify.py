"""Verify chains, personal parts, documents and case rows, of everything or of some cases; or a
sealed PDF.

With a head and its public key, both kept elsewhere, also that no chain was rewritten, shortened or
taken out since that head was signed. The path of a dossier, a receipt or an answer checks its seal,
its manifest and every file in it; that needs no database and no installation of one's own. The
exit code is 1 when anything is broken.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from valedor.config.commands import CommandFailed

if TYPE_CHECKING:
    from valedor.casefile.verification import Broken
    from valedor.foundation.pdf_seal.verifying import Verified

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which cases, and the head to compare with."""
    parser.add_argument(
        "reference",
        nargs="*",
        help="a case, or the path of a sealed PDF; every case when none is named",
    )
    parser.add_argument("--head", type=Path, help="a head of VALEDOR_HOME/heads kept elsewhere")
    parser.add_argument("--public-key", type=Path, help="keys/heads.public.pem kept elsewhere")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")


def needs(arguments: argparse.Namespace) -> str:
    """Whoever asks about files needs nothing but them."""
    return "nothing" if _files(arguments) else NEEDS


def _files(arguments: argparse.Namespace) -> list[Path]:
    """The files that are named. A reference is never taken for one: it has no dot or slash."""
    paths = [Path(named) for named in arguments.reference]
    return [path for path in paths if path.is_file() or path.suffix or len(path.parts) > 1]


def run(arguments: argparse.Namespace) -> int:
    """Everything that is broken is a line with its case and entry, or with its file."""
    if files := _files(arguments):
        return _verify_files(arguments, files)
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


def _verify_files(arguments: argparse.Namespace, files: list[Path]) -> int:
    """Sealed PDFs, one after the other."""
    if len(files) != len(arguments.reference) or arguments.head:
        raise CommandFailed(
            "Cases and files are verified apart: name the one or the other.",
            hint=f"valedor verify {files[0]}",
            code="cases_and_files",
        )
    answers = [_verified(path) for path in files]
    if arguments.json:
        told = [{"file": str(path), **answer.as_json()} for path, answer in answers]
        print(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False))
    else:
        for path, answer in answers:
            print(told_of_file(path, answer))
    return 0 if all(answer.holds for _path, answer in answers) else 1


def _verified(path: Path) -> "tuple[Path, Verified]":
    from datetime import UTC, datetime

    from valedor.foundation.pdf_seal.verifying import NotAPdf, verify_file

    try:
        return path, verify_file(path, at=datetime.now(UTC))
    except NotAPdf as error:
        raise CommandFailed(
            f"{path} is not a PDF.",
            hint="name the dossier as it was handed over, a file that ends in .pdf",
            code="not_a_pdf",
            exit_code=1,
        ) from error
    except OSError as error:
        raise CommandFailed(
            f"{path} cannot be read: {error.strerror}.",
            hint=f"look at ls -l {path}",
            code="cannot_read",
        ) from error


def told_of_file(path: Path, answer: "Verified") -> str:
    """What is said of a file: what is broken first, then what its reader has to know."""
    from valedor.foundation.pdf_seal.verifying import fingerprint

    lines = [f"{path}: {what}" for what in answer.broken]
    lines += answer.said
    if answer.signed:
        lines.append(f"The certificate's SHA-256: {fingerprint(answer.signed.certificate)}")
    if answer.manifest is not None:
        about = answer.manifest.about
        lines.append(
            f"Dossier of {about.get('reference')}, {about.get('copy')} copy, made on "
            f"{about.get('made_at')}."
        )
    result = "nothing" if answer.holds else len(answer.broken)
    seal = "seal" if answer.signed else "no seal"
    lines.append(f"{path}: {seal}, {answer.files} embedded files: {result} broken.")
    return "\n".join(lines)


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
