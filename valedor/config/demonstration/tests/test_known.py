"""What the two entities of the demonstration know is enough to be looked at in every language."""

import tomllib

import pytest

from valedor.config.demonstration.house import _HOLD_FOR, FOLDER
from valedor.knowledge.models import Shelf

SPOKEN = {"besos": {"ca", "es", "en", "pt-BR"}, "ipe": {"pt-BR", "en", "es"}}


@pytest.mark.parametrize("key", list(SPOKEN))
def test_fifteen_articles_stand_on_every_shelf_and_in_every_language(key: str) -> None:
    written = tomllib.loads((FOLDER / "knowledge" / f"{key}.toml").read_text("utf-8"))
    published = [one for one in written["articles"].values() if one.get("is_published", True)]
    assert len(published) >= 15
    assert {one["shelf"] for one in published} == set(Shelf.values)
    for one in published:
        assert set(one["title"]) == set(one["body"]) == SPOKEN[key]
    assert any(name in _HOLD_FOR for name in written["articles"]), "nothing ends soon"
