"""Serve the pages: the web server, and nothing else. The worker is a command of its own."""

import argparse
import os
import subprocess
import sys

from valedor.config import database, listening
from valedor.config.commands import CommandFailed
from valedor.foundation import environment

NEEDS = "nothing"  # Each worker process of the web server sets Django up for itself.


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: HOST, PORT, WEB_WORKERS and WEB_THREADS are settings."""


def run(_arguments: argparse.Namespace) -> int:
    """Serve until a signal asks to stop."""
    import valedor.config.settings  # noqa: F401 -- a bad setting is told here, once

    with database.available("application"):
        if not environment.boolean("VALEDOR_PREPARED", default=False):
            _prepare_files()
        _serve()
    return 0


def _prepare_files() -> None:
    prepared = subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", "prepare-files"], check=False
    )
    if prepared.returncode:
        raise CommandFailed(
            "Style sheets and translations could not be prepared.",
            hint="valedor prepare-files",
            exit_code=1,
        )


def _serve() -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, Loops

    # A worker whose parent was killed ends itself (valedor.config.wsgi).
    os.environ["VALEDOR_WEB_PARENT"] = str(os.getpid())
    Granian(
        "valedor.config.wsgi:application",
        address=listening.host(),
        port=listening.port(),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        loop=Loops.asyncio,
        workers=environment.integer("WEB_WORKERS", 2, least=1, most=64),
        blocking_threads=environment.integer("WEB_THREADS", 4, least=1, most=64),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_enabled=environment.boolean("WEB_LOG", default=False),
    ).serve()
