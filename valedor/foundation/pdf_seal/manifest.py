"""The manifest of a dossier: what it is, and every file in it with its digest.

It lies in the PDF as ``manifest.json`` (docs/guides/dossier.md writes the format down), so that
a program finds the originals and nobody adds, drops or changes one unseen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAME = "manifest.json"
FORMAT = "valedor-dossier/1"


class BadManifest(Exception):
    """It cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One embedded file as the manifest has it."""

    name: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Manifest:
    """What a manifest says. ``about`` is all of it; ``pages`` are the bytes of what can be read
    without opening a file: the PDF as it was typeset, which is how the dossier begins.
    """

    about: Mapping[str, Any]
    files: tuple[Listed, ...]
    pages_size: int
    pages_sha256: str


def written(
    about: Mapping[str, Any], files: Sequence[Mapping[str, Any]], *, pages: tuple[int, str]
) -> bytes:
    """A manifest as it is embedded. Each file has what ``Listed`` has, and whatever else."""
    size, sha256 = pages
    content = {
        "format": FORMAT,
        **about,
        "pages": {"bytes": size, "sha256": sha256},
        "files": list(files),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> Manifest:
    """A manifest read back. Raises ``BadManifest``."""
    try:
        about = json.loads(content)
        if about["format"] != FORMAT:
            raise BadManifest(f"The manifest is of another format: {about['format']}.")
        files = tuple(
            Listed(
                name=str(one["name"]),
                sha256=str(one["sha256"]),
                size=int(one["size"]),
                media_type=str(one["media_type"]),
            )
            for one in about["files"]
        )
        return Manifest(about, files, int(about["pages"]["bytes"]), str(about["pages"]["sha256"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadManifest("The manifest cannot be read.") from error
