"""The packs that this version of the house ships."""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from valedor.clocks.counting import Counting

from .countings import countings
from .loading import pack_from_text
from .reading import text_of
from .refusals import PackRefused, UnknownRegime, nearest
from .schema import Pack

PACKS = Path(__file__).parent / "packs"


class Catalogue:
    """Every pack that this version of the house ships. A pack is read when it is asked for."""

    def __init__(self, folder: Path = PACKS) -> None:
        self._folder = folder
        self._packs: dict[str, Pack] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of every pack, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.toml")))

    def pack(self, key: str) -> Pack:
        """One pack. Raises `UnknownRegime` with the nearest key, `PackRefused` for a bad file."""
        if key not in self._packs:
            path = self._folder / f"{key}.toml"
            if key not in self.keys:
                raise UnknownRegime(key, nearest(key, self.keys))
            pack = pack_from_text(text_of(path), file=path.name)
            if pack.key != key:
                raise PackRefused(
                    _("%(file)s: key says “%(key)s”; name the file after it.")
                    % {"file": path.name, "key": pack.key},
                    file=path.name,
                    key="key",
                )
            self._packs[key] = pack
        return self._packs[key]

    def packs(self) -> tuple[Pack, ...]:
        """Every pack."""
        return tuple(self.pack(key) for key in self.keys)

    def counting(self, key: str) -> Counting:
        """One way of counting. Raises `KeyError`."""
        return countings()[key].counting


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The packs of this version of the house."""
    return Catalogue()
