"""A whole house for each life: real commits, a worker, a mail server, and a clock that is moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import FRIDAY, Cast
from valedor.channels.tests.post_room import PostRoom, a_post_room
from valedor.foundation import moments
from valedor.portal.tests.conftest import the_portal

from .house import House


class Clock:
    """The time that views, tasks and commands read: it stands until a test moves it."""

    def __init__(self) -> None:
        self.at = FRIDAY

    def now(self, tz: tzinfo | None = None) -> datetime:
        return self.at.astimezone(tz)

    def later(self, **by: float) -> datetime:
        """So much later."""
        self.at += timedelta(**by)
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The one clock of the house."""
    clock = Clock()
    monkeypatch.setattr(moments, "datetime", clock)
    return clock


@pytest.fixture
def room(settings: Settings) -> Iterator[PostRoom]:
    """A mail server that keeps what it takes."""
    with a_post_room() as room:
        settings.SMTP_URL = room.url
        yield room


@pytest.fixture
def house(
    committed_database: str, clock: Clock, room: PostRoom, tmp_path: Path, settings: Settings
) -> House:
    """The cast at work."""
    settings.DOCUMENTS = tmp_path
    cast: Cast = the_portal()
    return House(cast, clock, room)
