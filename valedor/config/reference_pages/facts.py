"""docs/reference/facts.md: everything that the timeline of a case can say."""

import importlib
import pkgutil
from collections.abc import Iterator

import valedor
from valedor.casefile.facts import KNOWN, Fact
from valedor.casefile.seats import Seat

from .markdown import code, codes, first_paragraph, table, written_from

_PACKAGES = (
    "intake", "casefile", "handling", "bookings", "orders", "review", "participants", "privacy",
)  # fmt: skip


def page() -> str:
    """The whole page."""
    _load()
    return (
        "# Facts\n\n"
        + written_from("the `facts` modules of each package")
        + "The timeline of a case is a row of facts. Each is written once, by the action that "
        "brought it about, and never\nchanged. Its code is for programs and exports; the sentence "
        "is what people read, in their language; `%(name)s` stands\nfor a detail. What somebody "
        "wrote (a message, a note, reasons) is the body of the line, and always personal.\n"
        "What is personal goes when a case is erased; the line, its digest and the chain stay "
        "([chains](../concepts/chains.md)).\n\n"
        "**Seats** say who may see a line: " + ", ".join(map(code, _all_seats())) + ". A single "
        "line may be given fewer seats than its fact has.\n\n"
        + "".join(_sections()).rstrip()
        + "\n"
    )


def _load() -> None:
    """Every module in which a package lists what can happen."""
    for found in pkgutil.walk_packages(valedor.__path__, "valedor."):
        parts = found.name.split(".")
        if "tests" not in parts and any(
            part == "facts" or part.startswith("facts_") or part.endswith("_facts")
            for part in parts
        ):
            importlib.import_module(found.name)


def _sections() -> Iterator[str]:
    by_package: dict[str, list[type[Fact]]] = {}
    for fact in KNOWN.values():
        if not fact.kind.startswith("test."):
            by_package.setdefault(fact.__module__.split(".")[1], []).append(fact)
    unplaced = set(by_package) - set(_PACKAGES)
    for package in (*_PACKAGES, *sorted(unplaced)):
        facts = by_package.get(package, [])
        if facts:
            yield f"## {package}\n\n"
            yield table(
                ("fact", "reads as", "meaning", "seats", "personal details"),
                [_row(fact) for fact in sorted(facts, key=lambda fact: fact.kind)],
            )


def _row(fact: type[Fact]) -> tuple[str, ...]:
    return (
        code(fact.kind),
        str(fact.sentence),
        first_paragraph(fact.__doc__),
        ", ".join(fact.seats.names),
        codes(sorted(fact.personal)),
    )


def _all_seats() -> list[str]:
    return [str(seat.name).lower() for seat in Seat]
