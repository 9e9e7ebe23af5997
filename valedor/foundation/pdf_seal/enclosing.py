"""Putting files into a PDF/A-3, as they are (ISO 19005-3, 6.8 and Annex E).

They are written behind the typeset pages some at a time, so that memory holds a few of them and
not all; the catalogue names them in the last step.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_date, pdf_name, pdf_string

from valedor.foundation.pdf_seal.sealing import Appending

# How much is held before it is written down.
BITE = 8 * 2**20


@dataclass(frozen=True)
class Enclosure:
    """A file to embed. ``name`` is unique in its PDF, ``read`` gives its bytes when they are due;
    ``is_data`` is said of what a program reads to understand the whole.
    """

    name: str
    media_type: str
    about: str
    changed_at: datetime
    read: Callable[[], bytes]
    is_data: bool = False


def enclose(path: Path, enclosures: Iterable[Enclosure]) -> None:
    """Embed files in a PDF where it lies."""
    with path.open("r+b") as file:
        writer, held = Appending(file), 0
        named: list[tuple[str, int]] = []
        for one in enclosures:
            content = one.read()
            named.append((one.name, _embed(writer, one, content)))
            held += len(content)
            if held >= BITE:
                writer.write_in_place()
                file.seek(0)
                writer, held = Appending(file), 0
        _name_all(writer, named)
        writer.write_in_place()


def _embed(writer: Appending, one: Enclosure, content: bytes) -> int:
    """Add a file with what is said of it; the number of the object that says it."""
    stream = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/EmbeddedFile"),
            pdf_name("/Subtype"): pdf_name(f"/{one.media_type}"),
            pdf_name("/Params"): generic.DictionaryObject(
                {
                    pdf_name("/Size"): generic.NumberObject(len(content)),
                    pdf_name("/ModDate"): pdf_date(one.changed_at),
                    pdf_name("/CheckSum"): generic.ByteStringObject(
                        hashlib.md5(content, usedforsecurity=False).digest()
                    ),
                }
            ),
        },
        stream_data=content,
    )
    held = writer.add_object(stream)
    told = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Filespec"),
            pdf_name("/F"): pdf_string(one.name),
            pdf_name("/UF"): pdf_string(one.name),
            pdf_name("/Desc"): pdf_string(one.about),
            pdf_name("/AFRelationship"): pdf_name("/Data" if one.is_data else "/Supplement"),
            pdf_name("/EF"): generic.DictionaryObject(
                {pdf_name("/F"): held, pdf_name("/UF"): held}
            ),
        }
    )
    return int(writer.add_object(told).idnum)


def _name_all(writer: Appending, named: list[tuple[str, int]]) -> None:
    """Name the files in the catalogue: as embedded, and as belonging to the whole document."""
    refs = {name: generic.IndirectObject(number, 0, writer) for name, number in named}
    pairs = generic.ArrayObject()
    for name in sorted(refs, key=lambda one: pdf_key(one)):
        pairs.extend((pdf_string(name), refs[name]))
    tree = writer.add_object(generic.DictionaryObject({pdf_name("/Names"): pairs}))
    root = writer.root
    names = root.get("/Names")
    if isinstance(names, generic.DictionaryObject):
        names[pdf_name("/EmbeddedFiles")] = tree
        writer.update_container(names)
    else:
        root[pdf_name("/Names")] = generic.DictionaryObject({pdf_name("/EmbeddedFiles"): tree})
    root[pdf_name("/AF")] = writer.add_object(generic.ArrayObject(refs[name] for name, _ in named))
    writer.update_root()


def pdf_key(name: str) -> bytes:
    """What the order of a name tree goes by: the bytes of the key as it is written."""
    return name.encode("ascii")
