"""What letters say of the law: which provision sets a limit, and who may be turned to next."""

from collections.abc import Iterable
from functools import lru_cache

from .applicable import pack_of_version
from .bodies import body_in_words, in_order
from .plain_names import article_in_words, pack_title


@lru_cache(maxsize=1024)
def law_in_words(version_id: int | None, clock: str, language: str) -> str:
    """The provision behind a limit: title and article. Empty for a limit of the house's own."""
    if version_id is None:
        return ""
    pack = pack_of_version(version_id)
    title = pack_title(pack, language)
    article = article_in_words(pack, pack.clocks[clock]) if clock in pack.clocks else ""
    return f"{title}, {article}" if article else title


@lru_cache(maxsize=1024)
def _bodies(version_ids: tuple[int, ...], language: str) -> tuple[str, ...]:
    keys = {
        key
        for version_id in version_ids
        for door in pack_of_version(version_id).doors
        for key in door.to
    }
    return tuple(body_in_words(key, language).name for key in in_order(keys))


def later_bodies(version_ids: Iterable[int | None], language: str) -> tuple[str, ...]:
    """Who may be turned to after the house, by the regimes that a case came in under, each once."""
    return _bodies(tuple(sorted({key for key in version_ids if key is not None})), language)
