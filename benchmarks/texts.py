"""Texts to measure with: those of the Madrid file where VALEDOR_REAL_DATA names its folder, else
composed.

Composed ones have a skewed vocabulary of some six thousand words, so that an index has rare and
common words as real texts do. One case in five holds the word ``factura``, and each its own number.
"""

import csv
import gzip
import os
import random
from collections.abc import Iterator
from pathlib import Path

_BEGINNINGS = [
    "con",
    "des",
    "re",
    "pre",
    "sub",
    "tra",
    "in",
    "ex",
    "pro",
    "mar",
    "cal",
    "fon",
    "tem",
    "ver",
    "lim",
    "per",
    "sol",
    "dur",
    "pla",
    "gri",
]
_ENDINGS = [
    "ado",
    "ción",
    "miento",
    "able",
    "ura",
    "ero",
    "ista",
    "anza",
    "dad",
    "ivo",
    "ente",
    "ible",
    "izar",
    "eza",
    "aje",
]


def narratives(number: int, *, seed: int = 7) -> Iterator[str]:
    """So many narratives, the same ones for the same seed."""
    chance = random.Random(seed)
    real = _madrid()
    vocabulary = [
        f"{chance.choice(_BEGINNINGS)}{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}"
        f"{chance.choice(_ENDINGS)}"
        for _ in range(6000)
    ]
    for ordinal in range(number):
        if real:
            text = real[ordinal % len(real)]
        else:
            length = int(chance.lognormvariate(3.4, 0.6)) + 5
            places = (int(6000 * chance.random() ** 3) for _ in range(length))
            text = " ".join(vocabulary[place] for place in places)
        marks = f"expediente{ordinal}x"
        if ordinal % 5 == 0:
            marks += " factura"
        yield f"{text} {marks}"


def _madrid() -> list[str]:
    folder = os.environ.get("VALEDOR_REAL_DATA")
    if not folder:
        return []
    texts: list[str] = []
    for path in sorted(Path(folder).glob("madrid-avisos/*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            texts += [row["description"] for row in csv.DictReader(file) if row["description"]]
    return texts
