"""Registering through the public form over HTTP, against the same server's ``pgbench -N``.

Timed is the post that registers: validated, raw message, case, entries, deadlines, letter queued,
committed durably. The receipt as PDF and the letter that takes it along are the worker's; how
quickly that backlog drains into a mail server is told beside.
"""

import http.client
import multiprocessing
import os
import subprocess
import time
import urllib.parse
from typing import Any

from benchmarks.ground import (
    Installation,
    free_port,
    installation,
    join_django,
    keep,
    quantile,
    say,
)
from benchmarks.mail import Sink
from benchmarks.texts import narratives

CLIENTS = (1, 8)
SECONDS = 12


def measure(seconds: float = SECONDS) -> None:
    """Print and keep registrations a second at 1 and at 8 clients."""
    figures: dict[str, Any] = {}
    port = free_port()
    sink = Sink(port)
    with installation(WEB_WORKERS="2", SMTP_URL=f"smtp://127.0.0.1:{port}") as house:
        join_django(house)
        with house.running("serve", ready="/healthz"):
            _clients(house, 2, 3)  # Warm: statements prepared, rules read.
            for number in CLIENTS:
                durations, elapsed = _clients(house, number, seconds)
                rate = len(durations) / elapsed
                baseline = _pgbench(house, number, seconds)
                figures[f"{number} clients"] = {
                    "registrations_per_second": round(rate, 1),
                    "p50_ms": round(quantile(durations, 0.5) * 1000, 1),
                    "p95_ms": round(quantile(durations, 0.95) * 1000, 1),
                    "pgbench_N_tps": round(baseline, 1),
                    "ratio_to_pgbench_N": round(rate / baseline, 4),
                }
                say(clients=number, **figures[f"{number} clients"])
        figures["receipts"] = _drain(house, sink)
        say(**figures["receipts"])
    sink.stop()
    keep("registration", figures)


def _clients(house: Installation, number: int, seconds: float) -> tuple[list[float], float]:
    from valedor.channels.web_form.tokens import new_token

    each = int(seconds * 400 / number) + 50
    context = multiprocessing.get_context("fork")
    queue: Any = context.Queue()
    start = context.Barrier(number + 1)
    processes = []
    for client in range(number):
        tokens = [str(new_token()) for _ in range(each)]
        texts = list(narratives(each, seed=client))
        bodies = [_body(token, text, client) for token, text in zip(tokens, texts, strict=True)]
        process = context.Process(target=_post, args=(house.port, bodies, seconds, start, queue))
        process.start()
        processes.append(process)
    start.wait()
    began = time.perf_counter()
    results = [queue.get() for _ in processes]
    elapsed = time.perf_counter() - began
    for process in processes:
        process.join()
    return [one for durations in results for one in durations], elapsed


def _body(token: str, narrative: str, client: int) -> bytes:
    fields = {
        "token": token,
        "step": "send",
        "kind": "claim",
        "category": "other",
        "narrative": narrative,
        "remedy_sought": "Que lo arreglen.",
        "name": f"Marta Soler {client}",
        "email": "marta@example.org",
        "answer_channel": "email",
    }
    return urllib.parse.urlencode(fields).encode()


def _post(port: int, bodies: list[bytes], seconds: float, start: Any, queue: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Language": "es",
    }
    durations: list[float] = []
    start.wait()
    ends = time.perf_counter() + seconds
    for body in bodies:
        began = time.perf_counter()
        if began > ends:
            break
        connection.request("POST", "/bench/complain", body, headers)
        answer = connection.getresponse()
        page = answer.read()
        if answer.status != 302:
            queue.put([])
            raise RuntimeError(f"{answer.status}: {page[:2000].decode(errors='replace')}")
        durations.append(time.perf_counter() - began)
    queue.put(durations)


def _pgbench(house: Installation, clients: int, seconds: float) -> float:
    """Transactions a second of ``pgbench -N`` on the same server, in a database of its own."""
    from psycopg.conninfo import conninfo_to_dict

    from valedor.config.embedded import addresses, places, programs

    parts = conninfo_to_dict(addresses.superuser(house.home, "postgres"))
    folder = programs.folder(places.place(house.home))
    environment = {**os.environ, "PGHOST": str(parts["host"]), "PGUSER": str(parts["user"])}
    subprocess.run(
        [str(folder / "psql"), "-q", "-c", "CREATE DATABASE pgbench", "postgres"],
        env=environment, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        [str(folder / "pgbench"), "-i", "-q", "-s", "10", "pgbench"],
        env=environment, capture_output=True, check=True,
    )  # fmt: skip
    done = subprocess.run(
        [str(folder / "pgbench"), "-N", "-M", "prepared", "-c", str(clients), "-j", "2",
         "-T", str(int(seconds)), "pgbench"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])


def _drain(house: Installation, sink: Sink) -> dict[str, Any]:
    """How many letters, each with its receipt drawn up, one worker brings to the mail server."""
    seconds = 15.0
    with house.running("worker", ready=""):
        time.sleep(4)
        first, began = len(sink.seen), time.perf_counter()
        time.sleep(seconds)
        sent, elapsed = len(sink.seen) - first, time.perf_counter() - began
    return {"letters_with_receipt_per_second": round(sent / elapsed, 1)}
