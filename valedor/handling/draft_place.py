"""From which window a draft is saved, and which version that window had read."""

import re
import secrets
from dataclasses import dataclass

_WRITTEN = re.compile(r"([\w-]{1,24})(?:\.(\d{1,18})\.(\d{1,9}))?", re.ASCII)


@dataclass(frozen=True)
class DraftPlace:
    """What a form carries unseen. Without ``draft_id`` there was no draft when it was opened."""

    window: str
    draft_id: int = 0
    version: int = 0

    def __str__(self) -> str:
        read = f".{self.draft_id}.{self.version}" if self.draft_id else ""
        return f"{self.window}{read}"


def new_place(draft_id: int = 0, version: int = 0) -> DraftPlace:
    """A window that has just been opened, on a draft or on none."""
    return DraftPlace(secrets.token_urlsafe(12), draft_id, version)


def read_place(written: str) -> DraftPlace | None:
    """What a form carried; nothing for what no form of ours carries."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    return DraftPlace(match[1], int(match[2] or 0), int(match[3] or 0))
