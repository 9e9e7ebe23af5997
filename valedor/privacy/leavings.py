"""What an erasure leaves outside the database: bytes in the store, kept mail, and the list of
erasures.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from valedor.casefile import store
from valedor.casefile.models import Document, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.intake.models import HeldFile

# A file that somebody sends right now lies in the store before its row says so: it gets this long.
GRACE = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Leavings:
    """What is still to be done once the rows are gone. Doing it twice does no harm."""

    reference: str
    at: datetime
    contents: tuple[str, ...]
    letters: tuple[int, ...]

    def as_arguments(self) -> dict[str, Any]:
        """As a job carries them; its row goes when it is done."""
        return {
            "reference": self.reference,
            "at": self.at.isoformat(),
            "contents": list(self.contents),
            "letters": list(self.letters),
        }

    def remove(self) -> bool:
        """Do it; whether everything is done, which it is not while a file is too fresh to tell."""
        list_erasure(self.reference, at=self.at)
        for letter in self.letters:
            for kept in Path(settings.KEPT_MAIL).glob(f"*-{letter}.eml"):
                kept.unlink(missing_ok=True)
        return remove_contents(self.contents, at=self.at)


def remove_contents(contents: tuple[str, ...], *, at: datetime) -> bool:
    """Remove what no row names any more; whether everything is done."""
    held = _held(contents)
    done = [_remove(sha256, at) for sha256 in contents if sha256 not in held]
    return all(done)


def _held(contents: tuple[str, ...]) -> set[str]:
    with viewing(the_house()):
        return {
            *Document.objects.filter(sha256__in=contents).values_list("sha256", flat=True),
            *RawMessage.objects.filter(stored_as__in=contents).values_list("stored_as", flat=True),
            *HeldFile.objects.filter(sha256__in=contents).values_list("sha256", flat=True),
        }


def _remove(sha256: str, at: datetime) -> bool:
    try:
        changed = store.path_of(sha256).stat().st_mtime
    except FileNotFoundError:
        return True
    if datetime.fromtimestamp(changed, UTC) > at - GRACE:
        return False
    store.remove(sha256)
    return True


def erasures_path() -> Path:
    """The list that ``valedor restore --erasures`` repeats: keep a copy with the backups."""
    return Path(settings.VALEDOR_HOME) / "erasures.jsonl"


def list_erasure(reference: str, *, at: datetime) -> None:
    """Add an erasure to the list, once, durably."""
    path = erasures_path()
    line = json.dumps({"reference": reference, "at": at.isoformat()})
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and reference in listed_erasures(path):
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def listed_erasures(path: Path) -> list[str]:
    """The references of a list. Raises ``ValueError`` naming the line that cannot be read."""
    references = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            references.append(str(json.loads(line)["reference"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: this is not a line of erasures.") from error
    return references
