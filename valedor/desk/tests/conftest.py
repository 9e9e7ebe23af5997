"""What the tests of the desk stand on: the cast, signed in, a day after Ana complained."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.desk import pages
from valedor.desk.views import (
    absences,
    acts,
    call_backs,
    call_contact,
    calls,
    cases,
    dossiers,
    giving_out,
    held,
    person,
    public_messages,
    queues,
    register,
    search,
    work,
)
from valedor.desk.views import people as people_views
from valedor.desk.views.knowledge import talking
from valedor.desk.views.settings import adhesions, shell
from valedor.people.models import Account

SignIn = Callable[[Account], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return people.the_cast()


@pytest.fixture
def next_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after Ana complained: only views read the clock."""
    tellers = (
        absences, acts, adhesions, call_backs, call_contact, calls, cases, dossiers, giving_out,
        held, pages,
        people_views, person, public_messages, queues, register, search, shell, talking, work,
    )  # fmt: skip
    for module in tellers:
        monkeypatch.setattr(module, "now", lambda: people.days(1))


@pytest.fixture
def sign_in(next_day: None, settings: Any) -> SignIn:
    """A browser of somebody who is signed in; the second factor has tests of its own."""
    settings.DEMO = True

    def signed_in(account: Account) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(account)
        return client

    return signed_in
