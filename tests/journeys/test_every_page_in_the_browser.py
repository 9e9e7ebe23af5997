"""Every page of the desk that a link leads to, in a real browser: fit for everyone.

What ``test_pages_in_the_browser`` looks at twice over is chosen; here nothing is, so that a page
which somebody adds tomorrow is looked at from its first day on.
"""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.cast import the_cast
from tests.ground import LiveSite, a_committed_database, a_live_site
from tests.journeys.shown import Shown
from tests.journeys.test_pages_in_the_browser import Walk
from valedor.desk.tests.test_reachable import something_of_everything

pytestmark = pytest.mark.browser
ROLES = (
    ("handler", "lead"),
    ("administrator", "auditor", "approver", "area", "agent", "ombudsman"),
)
_LINK = re.compile(r'\bhref="([^"#?]*)')


@pytest.fixture(scope="module")
def house(
    _static_files: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[LiveSite, Shown]]:
    """A site with something of everything."""
    with a_committed_database(django_db_blocker) as database:
        cast = the_cast()
        shown = Shown(cast, accounts=something_of_everything(cast))
        for account in shown.accounts.values():
            Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
        with a_live_site(database) as site:
            yield site, shown


@pytest.fixture
def walk(house: tuple[LiveSite, Shown], _browser: Browser) -> Iterator[Walk]:
    """Whoever looks at it."""
    walk = Walk(*house, _browser)
    yield walk
    walk.close()


@pytest.mark.parametrize("roles", ROLES, ids=lambda roles: roles[0])
def test_every_page_of_the_desk(walk: Walk, roles: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for who in roles:
        walk.look(_new_pages(walk, who, seen))
    assert not walk.troubles, "\n".join(walk.troubles)
    assert len(seen) > 40


def _new_pages(walk: Walk, who: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """The pages that somebody can click to and that nobody looked at, one an address' name."""
    page = walk.page(who, "en").context.request
    ahead, opened = deque(["/desk/"]), set[str]()
    while ahead:
        response = page.get(ahead.popleft())
        here = urlsplit(response.url).path
        if response.status != 200 or not _is_a_page(response.headers):
            continue
        if (name := _name_of(here)) not in seen:
            seen.add(name)
            yield who, here
        for found in _LINK.findall(response.text()):
            link = urljoin(here, unescape(found))
            name = _name_of(link)
            if name.startswith("desk:") and name not in opened:
                opened.add(name)
                ahead.append(link)


def _is_a_page(headers: dict[str, str]) -> bool:
    """Whether it is a page of ours, and not a file or somebody's mail behind bars."""
    is_barred = "sandbox" in headers.get("content-security-policy", "")
    return headers["content-type"].startswith("text/html") and not is_barred


def _name_of(path: str) -> str:
    """The name of an address; of an act also which, since each is a page of its own."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return match.view_name + str(match.kwargs.get("noun", ""))
