"""Both houses settled in, with what follows a fact left to the demonstration itself."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from valedor.casefile import timeline
from valedor.config.demonstration.house import Household, settle_in

SettledIn = Callable[[datetime], Household]


@pytest.fixture
def settled_in(committed_database: str, tmp_path: Any, settings: Any) -> Iterator[SettledIn]:
    """Settles both houses in, long before a moment."""
    settings.DOCUMENTS, settings.VALEDOR_HOME = tmp_path / "documents", tmp_path
    followers = dict(timeline.followers)
    timeline.followers.clear()
    yield lambda until: settle_in(password="x", at=until - timedelta(days=400))
    timeline.followers.update(followers)
