"""Who works in it."""

from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast, a_case
from valedor.casefile.models import Case
from valedor.desk.tests.unsent.browser import PASSWORD, Browser


@pytest.fixture
def cast() -> Cast:
    made = people.the_cast()
    for account in (made.bruno, made.carla, made.dario):
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    return made


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast)


@pytest.fixture
def bruno(cast: Cast, settings: Any) -> Browser:
    """At work; his role asks for no second factor."""
    browser = Browser()
    browser.sign_in(cast.bruno)
    return browser
