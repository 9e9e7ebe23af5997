"""The cast, and a clock that stands at the day after Ana complained until a test moves it."""

from pathlib import Path
from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.api.tests.staff_programs import Clock


@pytest.fixture
def cast(db: None, tmp_path: Path, settings: Any) -> Cast:
    settings.DOCUMENTS = tmp_path
    settings.DEMO = True  # The second factor has a test of its own.
    return people.the_cast()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch, people.days(1))
