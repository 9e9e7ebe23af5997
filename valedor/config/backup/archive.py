"""The one file of a backup: a tar with the database, documents and keys, and a manifest at its
end.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
DATABASE = "database.dump"
FOLDERS = ("documents", "keys", "heads")
FORMAT = 1
_PART = re.compile(rf"(?:{DATABASE}|(?:{'|'.join(FOLDERS)})(?:/[A-Za-z0-9_][\w.@+-]*)+)")
_BLOCK = 2**18


class NotABackup(Exception):
    """The file is not one of ours, or not whole."""


@dataclass(kw_only=True)
class Manifest:
    """What the backup holds: SHA-256 of every part, by name."""

    valedor: str
    postgresql: int
    made_at: str
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write(target: IO[bytes], parts: Iterable[tuple[str, Path]], manifest: Manifest) -> None:
    """Write the parts in their order, then the manifest with their digests."""
    with tarfile.open(fileobj=target, mode="w|") as tar:
        for name, path in parts:
            with path.open("rb") as file:
                entry = tar.gettarinfo(arcname=name, fileobj=file)
                entry.uname = entry.gname = ""
                entry.uid = entry.gid = 0
                entry.mode = 0o600
                reading = _Digesting(file)
                tar.addfile(entry, reading)
            manifest.files[name] = reading.digest()
        text = json.dumps(asdict(manifest), indent=1).encode()
        last = tarfile.TarInfo(MANIFEST)
        last.size = len(text)
        _add(tar, last, text)


def _add(tar: tarfile.TarFile, entry: tarfile.TarInfo, text: bytes) -> None:
    from io import BytesIO

    tar.addfile(entry, BytesIO(text))


def unpack(source: IO[bytes], folder: Path) -> Manifest:
    """Write every part below ``folder`` and compare it with the manifest. Raises ``NotABackup``."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None:
                    raise NotABackup(f"{entry.name} is no file.")
                if entry.name == MANIFEST:
                    manifest = _read_manifest(content.read(2**30))
                elif not _PART.fullmatch(entry.name):
                    raise NotABackup(f"{entry.name} does not belong into a backup.")
                else:
                    found[entry.name] = _write_part(content, folder / entry.name)
    except (tarfile.TarError, EOFError) as error:
        raise NotABackup(f"The file cannot be read as a backup: {error}.") from error
    if manifest is None:
        raise NotABackup("The file was cut off: its manifest is missing.")
    different = [name for name in {*found, *manifest.files} if _differs(name, found, manifest)]
    if different:
        raise NotABackup(f"{sorted(different)[0]} is not what the manifest says it is.")
    return manifest


def _differs(name: str, found: dict[str, str], manifest: Manifest) -> bool:
    return found.get(name) != manifest.files.get(name)


def _read_manifest(text: bytes) -> Manifest:
    try:
        values: dict[str, Any] = json.loads(text)
        manifest = Manifest(**values)
    except (ValueError, TypeError) as error:
        raise NotABackup("The manifest cannot be read.") from error
    if manifest.format != FORMAT:
        raise NotABackup(f"The backup has format {manifest.format}; this version reads {FORMAT}.")
    return manifest


def _write_part(content: IO[bytes], path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with path.open("xb") as file:
        path.chmod(0o600)
        for block in _blocks(content):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _blocks(content: IO[bytes]) -> Iterator[bytes]:
    while block := content.read(_BLOCK):
        yield block


class _Digesting:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._digest.update(block)
        return block

    def digest(self) -> str:
        return self._digest.hexdigest()
