"""Everything at once: database, tables, demonstration on first start, pages and worker."""

import argparse
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from valedor.config import database, embedded, home, listening
from valedor.config.commands import CommandFailed
from valedor.config.embedded import addresses, databases
from valedor.config.embedded.processes import die_with_parent
from valedor.config.supervision import Child, end
from valedor.foundation import environment, logs

NEEDS = "nothing"  # What it starts sets Django up; this process only looks after the others.


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: HOST, PORT and DEMO are settings."""


def run(_arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM, then leave no process behind."""
    _refuse_taken_port()
    # A shell starts what it puts into the background deaf to SIGINT: whoever sends one means it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # Under nohup it stays ignored.
        signal.signal(signal.SIGHUP, _stop)
    _set_up_log()
    membership = embedded.join(home.home()) if database.is_embedded() else None
    children = [
        _child("web", "serve", VALEDOR_PREPARED="1"),
        _child("worker", "worker"),
    ]
    try:
        is_demonstration = environment.boolean("DEMO", default=False)
        if is_demonstration and home.unfinished_demonstration().exists():
            _begin_again()
        _command("prepare", "--quiet")
        if is_demonstration and _has_no_organisation():
            print("Making the demonstration: some minutes, this once …", flush=True)
            _command("demo")
        for child in children:
            child.start()
        _say_when_it_answers()
        while True:
            for child in children:
                child.look_after()
            if membership is not None and not membership.is_alive():
                membership.leave()
                membership = embedded.join(home.home())
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    finally:
        # A second Ctrl-C must not leave half of them behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(children)
        if membership is not None:
            membership.leave()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _set_up_log() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logs.LineFormatter())
    logging.basicConfig(handlers=[handler], level=logging.INFO)


def _refuse_taken_port() -> None:
    host, port = listening.host(), listening.port()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailed(
                f"Nothing can listen on {host}, port {port}: {error.strerror}.",
                hint=f"PORT={port + 1} make run",
                code="port_taken",
            ) from error


def _words(*words: str) -> list[str]:
    return [sys.executable, "-m", "valedor.config.command_line", *words]


def _child(name: str, command: str, **settings: str) -> Child:
    return Child(name, _words(command), {**os.environ, **settings})


def _command(*words: str) -> None:
    """Run a command to its end; it has told what went wrong."""
    done = subprocess.run(  # noqa: S603 -- this Python, our module
        _words(*words), check=False, preexec_fn=die_with_parent(signal.SIGTERM)
    )
    if done.returncode:
        raise CommandFailed(
            f"valedor {words[0]} did not succeed.", hint=f"valedor {words[0]}", exit_code=1
        )


def _begin_again() -> None:
    """Throw away a demonstration that was interrupted: half of one helps nobody, and nothing else
    can have come into its database, since nobody has signed in yet.
    """
    if not database.is_embedded() or databases.was_signed_in_to(home.home()):
        raise CommandFailed(
            "The demonstration was interrupted, and its database may hold half of it.",
            hint=f"make the database anew, then rm {home.unfinished_demonstration()}",
            code="half_a_demonstration",
        )
    print("The demonstration was interrupted: it is made again.", flush=True)
    databases.make_anew(home.home())
    for name in ("documents", "mail", "heads"):
        shutil.rmtree(home.home() / name, ignore_errors=True)
    home.unfinished_demonstration().unlink()


def _has_no_organisation() -> bool:
    import psycopg  # Looking after the others goes on without it.

    address = environment.text("DATABASE_URL") or addresses.application(home.home())
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT 1 FROM people_organisation").fetchone() is None


def _say_when_it_answers() -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{listening.address()}/healthz", timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
            continue
        print(f"Valedor is at {listening.address()} (Ctrl-C ends it).", flush=True)
        if (home.home() / "demo.json").exists():
            print(f"Who can sign in, and with what: {home.home() / 'demo.json'}", flush=True)
        return
    print("The pages do not answer yet; the log above may say why.", flush=True)
