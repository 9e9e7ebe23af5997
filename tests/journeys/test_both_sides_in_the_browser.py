"""A complaint in each language, filed and handled to closure in a real browser: both sides' pages
are read after each step, and every letter.
"""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.ground import LiveSite, a_committed_database, a_live_site
from tests.journeys.both_sides import Journey
from tests.journeys.told import TOLD
from valedor.channels.tests.post_room import PostRoom, a_post_room
from valedor.config.demonstration.house import settle_in
from valedor.foundation.moments import now
from valedor.people.models import Account

pytestmark = pytest.mark.browser
PASSWORD = "a-river-runs-through"


@pytest.fixture(scope="module")
def place(
    _static_files: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[LiveSite, PostRoom]]:
    """The demonstration's two entities without their cases, a worker, and a mail server."""
    with a_committed_database(django_db_blocker) as database, a_post_room() as room:
        settle_in(password=PASSWORD, at=now())
        # The site knows none of the quick hashes of the tests.
        Account.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt"))
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("SMTP_URL", room.url)
            patched.setenv("DEMO", "1")  # Leads sign in without a second factor.
            with a_live_site(database) as site:
                worker = subprocess.Popen(
                    [sys.executable, "-m", "valedor.config.command_line", "worker"],
                    env=site.environment,
                )
                yield site, room
                worker.terminate()
                worker.wait(30)


@pytest.fixture(params=list(TOLD))
def journey(
    place: tuple[LiveSite, PostRoom], _browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Journey]:
    """A complaint in each language; one of them is walked without JavaScript."""
    site, room = place
    journey = Journey(
        _browser,
        site.url,
        request.param,
        PASSWORD,
        letters=lambda: list(room.messages),
        javascript=request.param != "ca",
    )
    yield journey
    journey.end()


def test_from_the_form_to_closure(journey: Journey) -> None:
    journey.walk()
    assert not journey.troubles, "\n".join(journey.troubles)
