"""Look after the installation: a line for each thing, with what to do; exit code 1 when
something is.
"""

import argparse
import json
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from valedor.foundation.checkup import Finding

NEEDS = "database"

logger = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How it is told."""
    parser.add_argument("--json", action="store_true", help="as one object on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Every question is asked, whatever the others answer."""
    found = _found()
    to_do = [finding for _name, finding in found if not finding.is_fine]
    if arguments.json:
        lines = [
            {"question": name, "fine": one.is_fine, "found": one.sentence, "do": one.to_do}
            for name, one in found
        ]
        print(json.dumps({"fine": not to_do, "findings": lines}, ensure_ascii=False))
    else:
        for name, one in found:
            print(f"{'ok   ' if one.is_fine else 'DO   '} {name}: {one.sentence}")
            if one.to_do:
                print(f"      → {one.to_do}")
    return 1 if to_do else 0


def _found() -> "list[tuple[str, Finding]]":
    """The answers. A database that is not as it must be is told once, not by every question."""
    from django.db import DatabaseError
    from django.utils.module_loading import autodiscover_modules

    from valedor.config import failures
    from valedor.foundation.checkup import Finding, questions

    autodiscover_modules("checkup")
    found: list[tuple[str, Finding]] = []
    told: set[str] = set()
    for name, ask in sorted(questions().items(), key=lambda one: one[0] != "database"):
        try:
            found += [(name, finding) for finding in ask()]
        except Exception as error:
            known = failures.of_the_database(error) if isinstance(error, DatabaseError) else None
            if known is None:
                logger.exception("a question of the check failed", extra={"question": name})
                first = (str(error).strip() or type(error).__name__).splitlines()[0]
                finding = Finding(f"This could not be asked: {first}", "look at the log above")
                found.append((name, finding))
            elif known.message not in told:
                told.add(known.message)
                found.append((name, Finding(known.message, known.hint)))
    return found
