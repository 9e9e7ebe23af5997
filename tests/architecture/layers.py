"""The order of the packages, read from where import-linter reads it."""

import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def ranks() -> dict[str, int]:
    """Each package with its place: one may know those of a lower rank only."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(): rank
        for rank, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def may_know(package: str, other: str) -> bool:
    """Whether ``package`` may name ``other``, as an import, a table or a template."""
    return package == other or ranks()[other] < ranks()[package]
