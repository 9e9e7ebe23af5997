"""Every setting is described, and nothing is described that nobody reads."""

import ast
import re

from tests.architecture.layers import ROOT

PAGE = ROOT / "docs/reference/settings.md"
READERS = {"text", "boolean", "integer", "words", "path"}


def read_in_code() -> set[str]:
    names = set()
    for source in (ROOT / "valedor").rglob("*.py"):
        if "tests" in source.parts:
            continue
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in READERS
                and ast.unparse(node.func.value) == "environment"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                names.add(str(node.args[0].value))
    return names | {"VALEDOR_SETTINGS"}


def described() -> set[str]:
    return set(re.findall(r"^\| `([A-Z0-9_]+)`", PAGE.read_text("utf-8"), re.MULTILINE))


# Set by one command for the next, never by a person.
INTERNAL = {"VALEDOR_LOGIN", "VALEDOR_PREPARED"}


def test_every_setting_is_described() -> None:
    assert described() == read_in_code() - INTERNAL
