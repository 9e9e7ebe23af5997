"""Compile translations and collect style sheets, where they are stale. No database is asked."""

import argparse

from valedor.config import home
from valedor.config.embedded.locks import FileLock

NEEDS = "django"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_arguments: argparse.Namespace) -> int:
    """One process at a time."""
    from valedor.config import static_files, translations

    with FileLock(home.home() / "preparing.lock") as lock:
        lock.wait_exclusive(seconds=60)
        translations.compile_stale()
        static_files.collect_stale()
    return 0
