"""Compile translations and collect style sheets, where they are stale, and draw the seal for
demonstration where no other is set. No database is asked.
"""

import argparse
import sys

from valedor.config import home
from valedor.config.embedded.locks import FileLock

NEEDS = "django"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_arguments: argparse.Namespace) -> int:
    """One process at a time."""
    from valedor.config import static_files, translations
    from valedor.foundation.moments import now
    from valedor.foundation.pdf_seal.certificates import BadCertificate
    from valedor.foundation.pdf_seal.house import seal_certificate

    with FileLock(home.home() / "preparing.lock") as lock:
        lock.wait_exclusive(seconds=60)
        translations.compile_stale()
        static_files.collect_stale()
        try:
            seal_certificate(at=now())
        except BadCertificate as error:
            # Pages are served without it; ``valedor check`` says so too.
            print(f"Papers cannot be sealed: {error}", file=sys.stderr)
    return 0
