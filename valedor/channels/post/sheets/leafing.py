"""What the house orders of the program that opens scans."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).with_name("program.py")


@dataclass(frozen=True)
class Limits:
    """What one order may use. ``sheets`` is the most that one scan may have."""

    seconds: int = 120
    megabytes: int = 3072
    sheets: int = 600


LIMITS = Limits()


class SheetTrouble(Exception):
    """Why a scan cannot be used: ``broken``, ``encrypted``, ``no_pages``, ``too_many_pages``,
    ``too_large``, ``no_scan`` (neither PDF nor TIFF, JPEG or PNG), ``only_separators``.
    """


@dataclass(frozen=True)
class Look:
    """What a scan is: its sheets, and the numbers (from 0) of those that part letters."""

    pages: int
    marked: tuple[int, ...]


def look(path: Path, *, mark: str = "") -> Look:
    """Count the sheets of a scan, and find those that carry a mark. Raises ``SheetTrouble``."""
    said = _order("look", path=str(path), mark=mark, most=LIMITS.sheets)
    return Look(int(said["pages"]), tuple(said["marked"]))


def picture(path: Path, number: int, *, dots: int) -> bytes:
    """One sheet as a PNG of so many dots an inch, from 0. Raises ``SheetTrouble``."""
    with tempfile.TemporaryDirectory(prefix="valedor-") as folder:
        into = Path(folder) / "sheet.png"
        _order("picture", path=str(path), number=number, dots=dots, into=str(into))
        return into.read_bytes()


def words(path: Path) -> list[str]:
    """The words that each sheet carries itself; none for an image. Raises ``SheetTrouble``."""
    return list(_order("words", path=str(path), most=LIMITS.sheets)["words"])


def cut(path: Path, parts: Sequence[Sequence[int]]) -> list[bytes]:
    """Parts of a scan, each as a PDF. Raises ``SheetTrouble``."""
    with tempfile.TemporaryDirectory(prefix="valedor-") as folder:
        into = [Path(folder) / f"part-{number}.pdf" for number in range(len(parts))]
        _order(
            "cut",
            path=str(path),
            parts=[list(part) for part in parts],
            into=[str(one) for one in into],
            most=LIMITS.sheets,
        )
        return [one.read_bytes() for one in into]


def join(groups: Sequence[Sequence[Path]], *, both_sides: bool) -> tuple[bytes, set[Path]]:
    """Files one after the other as one PDF, and those that could not be opened.

    Raises ``SheetTrouble``.
    """
    with tempfile.TemporaryDirectory(prefix="valedor-") as folder:
        into = Path(folder) / "whole.pdf"
        said = _order(
            "join",
            groups=[[str(path) for path in group] for group in groups],
            both_sides=both_sides,
            folder=folder,
            into=str(into),
        )
        return into.read_bytes(), {Path(one) for one in said["left_out"]}


def _order(does: str, **told: Any) -> dict[str, Any]:
    """One order, done by a process of its own. Raises ``SheetTrouble``."""
    order = {"do": does, "seconds": LIMITS.seconds, "megabytes": LIMITS.megabytes, **told}
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, started without a shell
            [sys.executable, "-I", str(_PROGRAM)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=LIMITS.seconds + 30,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SheetTrouble("too_large") from None
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:  # It was ended, or ran into what it may use.
        raise SheetTrouble("broken") from None
    if "trouble" in said:
        raise SheetTrouble(said["trouble"])
    return said
