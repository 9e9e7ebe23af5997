"""What every test stands on: the database, a committed copy of it, a live site and a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests import server
from valedor.config import translations
from valedor.foundation.ids import forget_stock
from valedor.procedures import house_rules

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_numbers = count(1)


def pytest_configure() -> None:
    """Pages are read in four languages, also where nobody typed ``make``."""
    translations.compile_stale()


# ------------------------------------------------------------------ database
@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database of this process, connected to as the application: row policies bind the tests."""
    name = server.database_name()
    with server.joined():
        server.make_copy(name)
        with django_db_blocker.unblock():
            yield
            connections.close_all()
        server.drop(name)


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database in which the test's commits are real, for several connections or processes.

    ``django_db(transaction=True)`` cannot be used: it empties tables, and final entries refuse.
    """
    with a_committed_database(django_db_blocker) as name:
        yield name


@contextmanager
def a_committed_database(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The same for as long as a block lasts, for fixtures that several tests share."""
    name = f"{server.database_name()}_{next(_numbers)}"
    server.make_copy(name)
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _turn_to(name)
        try:
            yield name
        finally:
            _turn_to(before)
            server.drop(name)


def _turn_to(database: str) -> None:
    """Let this process work in another database, and forget what it knew of the one before."""
    connections.close_all()
    connection.settings_dict["NAME"] = database
    house_rules.forget()
    forget_stock()


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    """What a test wrote is rolled back: the next one makes the same entity with another id. The
    ids in stock go too: where they run out depends on the tests before, and costs a query.
    """
    house_rules.forget()
    forget_stock()


def command(*words: str, database: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of ``valedor`` in a process of its own, on one of the copies."""
    return subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", *words],
        check=False,
        capture_output=True,
        text=True,
        env=_environment(database) | environment,
    )


# ------------------------------------------------------------------ a site and a browser
@dataclass(frozen=True)
class LiveSite:
    """Our own web server in a process of its own, on a copy of the database that is its test's."""

    url: str
    database: str
    environment: dict[str, str]

    def valedor(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ``valedor`` against the same database and home."""
        return command(*words, database=self.database, **self.environment)


@pytest.fixture(scope="session")
def _static_files() -> None:
    """The hashed style sheets, collected once a process."""
    subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", "prepare-files"],
        check=True,
        env=_environment("unused"),
    )


@pytest.fixture
def live_site(_static_files: None, committed_database: str) -> Iterator[LiveSite]:
    """The site as a visitor reaches it. What the test writes is seen there once committed."""
    with a_live_site(committed_database) as site:
        yield site


@contextmanager
def a_live_site(database: str) -> Iterator[LiveSite]:
    """The same on any copy, for as long as a block lasts."""
    port = free_port()
    environment = _environment(database) | {"PORT": str(port)}
    site = LiveSite(f"http://127.0.0.1:{port}", database, environment)
    process = subprocess.Popen(
        [sys.executable, "-m", "valedor.config.command_line", "serve"], env=environment
    )
    try:
        _wait_for(f"{site.url}/healthz", process)
        yield site
    finally:
        process.terminate()
        process.wait(30)


def _environment(database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "valedor.config.settings",
        "VALEDOR_HOME": str(settings.VALEDOR_HOME),
        "DATABASE_URL": server.address(database),
        "DATABASE_OWNER_URL": server.owner_address(database),
        "WEB_WORKERS": "1",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 120  # The machine may have other things to do.
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The live site ended with code {process.returncode}.")
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The live site does not answer.")


@pytest.fixture(scope="module")
def _browser() -> Iterator["Browser"]:
    """Gone after the module: while it is there, no other loop runs in this thread, so no worker."""
    from playwright.sync_api import sync_playwright

    # Its loop lives in this thread, where Django then suspects every query of the test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        # Beside that loop Django keeps connections apart, which nobody closes with the others.
        connections.close_all()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(_browser: "Browser", live_site: LiveSite) -> Iterator["Page"]:
    """An empty page of a fresh browser; addresses without a host are the live site's."""
    context = _browser.new_context(base_url=live_site.url, locale="en-GB")
    yield context.new_page()
    context.close()


def axe_violations(page: "Page") -> list[str]:
    """What axe-core finds against WCAG on this page: a line each, with the element."""
    from axe_playwright_python.sync_playwright import Axe

    # Preloading asks for every imported style sheet once more, at addresses that do not exist.
    response: dict[str, Any] = Axe().run(page, options={"preload": False}).response
    return [
        f"{violation['id']}: {violation['help']} ({node['target'][0]})"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
