"""Say what is read of an e-mail, without storing it.

A malformed message is read all the same; what was wrong with it is listed under its defects.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from valedor.config.commands import CommandFailed

if TYPE_CHECKING:
    from valedor.channels.email.reading import Address, ReadMessage

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which messages, and how they are told."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a message as it travelled (.eml); - reads it"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="as one object on standard output; as a list for several files",
    )


def run(arguments: argparse.Namespace) -> int:
    """Nothing is said before every file was read."""
    from valedor.channels.email.reading import read
    from valedor.channels.email.reading.as_json import as_json

    if arguments.files.count("-") > 1:
        raise CommandFailed("Standard input can be read once.", hint="name - once", code="usage")
    contents = [_content(name) for name in arguments.files]
    if arguments.json:
        told = [as_json(read(content)) for content in contents]
        is_wide = "utf" in (sys.stdout.encoding or "").lower()
        one_or_all = told[0] if len(told) == 1 else told
        print(json.dumps(one_or_all, ensure_ascii=not is_wide, indent=2))
        return 0
    for name, content in zip(arguments.files, contents, strict=True):
        if len(contents) > 1:
            print(f"=== {name} ===")
        _print("\n".join(_lines(read(content))))
    return 0


def _print(text: str) -> None:
    """A message may hold letters that the terminal does not know."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))


def _content(name: str) -> bytes:
    from valedor.channels.email.reading.limits import MOST_BYTES

    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            # One byte more than is read of a message, so that it is seen to be too large.
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise CommandFailed(
            f"{'Standard input' if name == '-' else name} cannot be read: {reason}.",
            hint="valedor mail-parse - --json < message.eml",
            code="file_unreadable",
        ) from error


def _lines(message: "ReadMessage") -> Iterator[str]:
    heading = {
        "From": _people([message.author] if message.author else []),
        "To": _people(message.to),
        "Cc": _people(message.cc),
        "Date": message.date.isoformat(" ") if message.date else "",
        "Subject": message.subject,
        "Automatic": str(message.automatic or ""),
        "Security": _security(message),
        "Bounce": _bounce(message),
    }
    yield from (f"{name + ':':11}{value}" for name, value in heading.items() if value)
    yield from ("", message.text)
    if message.quoted:
        yield from ("", "--- quoted ---", message.quoted)
    if message.attachments:
        yield ""
    for one in message.attachments:
        place = "in the HTML" if one.is_inline else "attached"
        yield f"{place}: {one.name} ({one.media_type}, {one.size} bytes, SHA-256 {one.sha256})"
    yield from (f"! {defect}" for defect in message.defects)


def _people(people: "list[Address] | tuple[Address, ...]") -> str:
    return ", ".join(
        f"{one.name} <{one.address}>" if one.name and one.address else one.name or one.address
        for one in people
    )


def _security(message: "ReadMessage") -> str:
    security = message.security
    if security is None:
        return ""
    said = [
        f"signed with {security.signed}" if security.signed else "",
        f"encrypted with {security.encrypted}" if security.encrypted else "",
    ]
    return f"{', '.join(filter(None, said))}, not verified"


def _bounce(message: "ReadMessage") -> str:
    bounce = message.bounce
    if bounce is None:
        return ""
    said = (bounce.action, ", ".join(bounce.recipients), bounce.status or "", bounce.reason)
    return " · ".join(filter(None, said))
