"""Where the figures of the packs were checked (``sources.toml``)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .reading import Table, each_of, parsed, text_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Source:
    """Where a figure was checked."""

    key: str
    title: str
    url: str


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every source, by key."""
    file = "sources.toml"
    top = Table(file, "", parsed(text_of(FOLDER / file), file))
    return each_of(top, lambda key, t: Source(key, t.text("title"), t.text("url")))
