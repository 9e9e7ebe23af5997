"""What the source calls a complaint: its key, or the digest of its cells."""

import hashlib
from collections.abc import Sequence

_LONGEST_KEY = 110


def numbers_of_key(key: str, complaints: int) -> list[str]:
    """What the source calls the complaints of a row that has a key."""
    number = key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
    return [
        number if ordinal == 1 else f"{number}#{ordinal}" for ordinal in range(1, complaints + 1)
    ]


def digest_of_cells(cells: Sequence[str]) -> bytes:
    """What equal rows without a key have in common."""
    return hashlib.sha256("\x1f".join(cell.strip() for cell in cells).encode()).digest()[:16]
