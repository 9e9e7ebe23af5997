"""The desk at ten thousand, a hundred thousand and a million cases: one client, over HTTP, as a
handler of one entity with row policies on. A tenth of all cases is open, at most a hundred
thousand.
"""

import http.client
import os
import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable
from typing import Any

from benchmarks.ground import Installation, installation, join_django, keep, kept, quantile, say
from benchmarks.importing import load, write_file

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000,1000000").split(",")]
ROUNDS = 60


def measure() -> None:
    """Print and keep p50 and p95 of each page at each size, and the bytes a case takes on disk."""
    if len(SIZES) > 1:
        _each_in_a_process()
        return
    figures = kept("pages")
    for size in SIZES:
        with installation(DEMO="1", WEB_WORKERS="1") as house:
            join_django(house)
            path = house.home / "cases.csv"
            write_file(path, size, still_open=min(size // 10, 100_000))
            before = _bytes()
            summary = load(house, path)
            path.unlink()
            _handler()
            _settle(house)
            figures[str(size)] = {
                "import_cases_per_second": round(summary["cases"] / summary["seconds"], 1),
                "bytes_per_case": round((_bytes() - before) / size),
            }
            with house.running("serve", ready="/healthz"):
                figures[str(size)] |= _pages(house, size)
        say(size=size, **figures[str(size)])
        keep("pages", figures)


def _each_in_a_process() -> None:
    """Django is set up once in a process, for one installation."""
    keep("pages", {})
    for size in SIZES:
        variables = {**os.environ, "BENCH_SIZES": str(size)}
        subprocess.run([sys.executable, "-m", "benchmarks", "pages"], env=variables, check=True)
    figures = kept("pages")
    _compare(figures)
    keep("pages", figures)


def _compare(figures: dict[str, Any]) -> None:
    smallest, largest = str(min(SIZES)), str(max(SIZES))
    for page in ("queue", "case", "search_one", "search_common"):
        ratio = figures[largest][f"{page}_p95_ms"] / figures[smallest][f"{page}_p95_ms"]
        figures.setdefault("ratio largest to smallest", {})[page] = round(ratio, 2)
    say(**figures["ratio largest to smallest"])


def _handler() -> None:
    from django.contrib.auth.hashers import make_password

    from valedor.foundation.moments import now
    from valedor.people.models import Account, RoleGrant, Team

    account = Account.objects.create_account(username="handler", name="Bench Handler")
    Account.objects.filter(pk=account.pk).update(password=make_password("bench-bench-bench"))
    RoleGrant.objects.create(
        account=account,
        role="handler",
        team=Team.objects.get(key="bench-general"),
        granted_at=now(),
    )


def _settle(house: Installation) -> None:
    """What the worker does in the first minute: limits looked at, counters folded, statistics."""
    import psycopg

    from valedor.casefile import counts
    from valedor.config.embedded import addresses
    from valedor.foundation.moments import now
    from valedor.handling.actions.sweep import sweep

    sweep(at=now())
    counts.fold()
    with psycopg.connect(addresses.owner(house.home), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


class Browser:
    """One client with its cookies, on one connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, answer.read().decode(errors="replace")


def sign_in(port: int, username: str, password: str) -> Browser:
    """A browser that has signed in as somebody of the staff."""
    browser = Browser(port)
    _status, page = browser.ask("GET", "/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    fields = {
        "login": username,
        "password": password,
        "csrfmiddlewaretoken": token[1] if token else "",
    }
    status, page = browser.ask("POST", "/accounts/login/", fields)
    if status != 302:
        raise RuntimeError(f"sign-in answered {status}: {page[:500]}")
    return browser


def _pages(house: Installation, size: int) -> dict[str, float]:
    browser = sign_in(house.port, "handler", "bench-bench-bench")
    _status, queue = browser.ask("GET", "/desk/?queue=open")
    references = re.findall(r"/desk/cases/(\d{4}-\d+-[A-Z])", queue)
    asked: dict[str, Callable[[int], str]] = {
        "queue": lambda number: "/desk/?queue=open",
        "case": lambda number: f"/desk/cases/{references[number % len(references)]}",
        "search_one": lambda number: f"/desk/search?q=expediente{number * 97 % size}x",
        "search_common": lambda number: "/desk/search?q=factura",
    }
    figures: dict[str, float] = {}
    for name, path in asked.items():
        durations = []
        for number in range(ROUNDS + 5):
            began = time.perf_counter()
            status, page = browser.ask("GET", path(number))
            if number >= 5:
                durations.append(time.perf_counter() - began)
            if status != 200:
                raise RuntimeError(f"{path(number)} answered {status}: {page[:500]}")
        figures[f"{name}_p50_ms"] = round(quantile(durations, 0.5) * 1000, 1)
        figures[f"{name}_p95_ms"] = round(quantile(durations, 0.95) * 1000, 1)
    return figures
