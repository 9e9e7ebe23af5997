"""The document store: files by the digest of their content, outside the web root.

"Saved" means on disk and linked, in that order: ``keep`` returns only after the bytes and the
name are durable, and only then may a row mention them.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import puremagic
from django.conf import settings

# What browsers are told of files that could run something: bytes to save, never to show.
_HARMLESS = "application/octet-stream"
_BY_CONTENT = {"application/zip", "application/x-zip-compressed"}


def path_of(sha256: str) -> Path:
    """Where a content lies, or would lie."""
    return Path(settings.DOCUMENTS) / sha256[:2] / sha256[2:4] / sha256


def keep(content: bytes | Iterable[bytes]) -> tuple[str, int]:
    """Store a content; its SHA-256 and size in bytes. The same content twice is stored once.

    Raises ``OSError`` when the disk does not take it.
    """
    arriving = Path(settings.DOCUMENTS) / "arriving"
    arriving.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = arriving / secrets.token_hex(12)
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as file:
            for piece in (content,) if isinstance(content, bytes) else content:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        place = path_of(sha256)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.replace(place)
        _make_durable(place.parent)
    finally:
        part.unlink(missing_ok=True)
    return sha256, size


def _make_durable(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(sha256: str) -> bytes:
    """A stored content. Raises ``FileNotFoundError`` when it is missing from the disk."""
    return path_of(sha256).read_bytes()


def remove(sha256: str) -> bool:
    """Remove a content that no case holds any more; whether it was there."""
    try:
        path_of(sha256).unlink()
    except FileNotFoundError:
        return False
    return True


def sniffed_type(head: bytes, name: str = "") -> str:
    """The media type that the first bytes show, whatever the name or the sender claims."""
    if not head:
        return "application/x-empty"
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in _BY_CONTENT and name.lower().endswith((".docx", ".xlsx", ".pptx", ".odt", ".ods")):
        return {
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "odt": "application/vnd.oasis.opendocument.text",
            "ods": "application/vnd.oasis.opendocument.spreadsheet",
        }[name.rsplit(".", 1)[1].lower()]
    if found:
        return str(found)
    return "text/plain" if _reads_as_text(head) else _HARMLESS


def _reads_as_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
