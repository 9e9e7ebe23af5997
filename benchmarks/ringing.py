"""From a switchboard's signed event to the screen of whoever picks up, over HTTP.

Told apart: how long the switchboard waits for its answer (by then the call is committed), how long
the list of calls takes to say so when the screen asks, and how long the screen may wait before it
asks. ``BENCH_CALLS`` calls ring one after the other while ``BENCH_SCREENS`` more screens look on.
"""

import http.client
import json
import os
import re
import threading
import time
from typing import Any

from benchmarks.ground import Installation, installation, join_django, keep, quantile, say
from benchmarks.pages import Browser, _handler, sign_in

CALLS = int(os.environ.get("BENCH_CALLS", "200"))
SCREENS = int(os.environ.get("BENCH_SCREENS", "10"))
SECRET = "a secret of the switchboard"
_EVERY = re.compile(r'hx-trigger="every (\d+)s"')


def measure() -> None:
    """Print and keep p50 and p95 of both steps, and the most a call takes to be seen."""
    with installation(DEMO="1", WEB_WORKERS="1") as house:
        join_django(house)
        _a_line()
        _handler()
        with house.running("serve", ready="/healthz"):
            figures = _ring(house)
    say(**figures)
    keep("ringing", figures)


def _a_line() -> None:
    from valedor.channels.telephone.actions.set_line import set_line
    from valedor.foundation.moments import now
    from valedor.people.models import Entity

    entity = Entity.objects.get(key="bench")
    set_line(entity, "main", by=None, at=now(), name="Main", number="900 106 240", secret=SECRET)


def _ring(house: Installation) -> dict[str, Any]:
    screen = sign_in(house.port, "handler", "bench-bench-bench")
    _status, page = screen.ask("GET", "/desk/calls")
    every = _EVERY.search(page)
    if every is None:
        raise RuntimeError("The list of calls does not ask for news.")
    over = threading.Event()
    others = [
        threading.Thread(target=_look, args=(house.port, int(every[1]), over, number))
        for number in range(SCREENS)
    ]
    for other in others:
        other.start()
    told, shown = [], []
    try:
        for number in range(CALLS):
            caller = f"+3460{number:07d}"
            told.append(_tell(house.port, "offered", number, caller))
            began = time.perf_counter()
            status, page = screen.ask("GET", "/desk/calls")
            shown.append(time.perf_counter() - began)
            # A number is told in groups of digits.
            if status != 200 or caller[1:] not in re.sub(r"[ .-]", "", page):
                raise RuntimeError(f"Call {number} is not on the screen: {status}.")
            _tell(house.port, "abandoned", number, caller)
    finally:
        over.set()
        for other in others:
            other.join()
    return {
        "calls": CALLS,
        "other_screens": SCREENS,
        "event_p50_ms": _ms(told, 0.5),
        "event_p95_ms": _ms(told, 0.95),
        "list_p50_ms": _ms(shown, 0.5),
        "list_p95_ms": _ms(shown, 0.95),
        "screen_asks_every_s": int(every[1]),
        "seen_at_the_latest_s": round(
            int(every[1]) + quantile(told, 0.95) + quantile(shown, 0.95), 2
        ),
    }


def _look(port: int, every: int, over: threading.Event, number: int) -> None:
    """Another screen that asks as often as the page does, none at the same moment as the next."""
    browser: Browser = sign_in(port, "handler", "bench-bench-bench")
    over.wait(every * number / max(SCREENS, 1))
    while not over.wait(every):
        browser.ask("GET", "/desk/calls")


def _tell(port: int, event: str, number: int, caller: str) -> float:
    """Post one event as a switchboard signs it; the seconds until it was answered."""
    from valedor.channels.telephone.signatures import signature_of
    from valedor.foundation.moments import now

    at = now()
    told = {
        "id": f"{number}-{event}",
        "call": f"call-{number}",
        "event": event,
        "at": at.isoformat(),
        "caller": caller,
    }
    body, moment = json.dumps(told).encode(), str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Valedor-Timestamp": moment,
        "Valedor-Signature": signature_of(SECRET, moment, body),
    }
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/webhooks/telephone/bench/main", body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"The event was answered {answer.status}.")
    return time.perf_counter() - began


def _ms(values: list[float], share: float) -> float:
    return round(1000 * quantile(values, share), 1)
