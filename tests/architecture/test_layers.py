"""What import-linter cannot see: tables named in words, templates included, queries in pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.layers import ROOT, may_know, ranks

PACKAGES = sorted(ranks())
REFERENCE = re.compile(r"""{%\s*(?:include|extends)\s+["']([\w-]+)/""")
# These two draw pages out of every package's parts; the others only use their own and design's.
PAGES = {"desk", "portal"}


def sources(*patterns: str) -> list[Path]:
    return sorted(
        path for pattern in patterns for path in (ROOT / "valedor").glob(pattern) if path.is_file()
    )


def test_every_package_has_its_place() -> None:
    found = {path.parent.name for path in (ROOT / "valedor").glob("*/__init__.py")}
    assert found <= set(PACKAGES)


def test_foreign_keys_obey_the_order() -> None:
    ours = {config.label: config.name.removeprefix("valedor.") for config in apps.get_app_configs()}
    for model in apps.get_models():
        package = ours[model._meta.app_label]
        if package not in ranks():
            continue
        for field in model._meta.get_fields():
            related = field.related_model if getattr(field, "concrete", False) else None
            if related is None or isinstance(related, str):
                continue
            other = ours[related._meta.app_label]
            if other in ranks():
                assert may_know(package, other), f"{model.__name__}.{field.name} points to {other}"


@pytest.mark.parametrize("package", PACKAGES)
def test_templates_use_their_own_parts(package: str) -> None:
    for path in sources(f"{package}/templates/**/*.html"):
        for other in REFERENCE.findall(path.read_text("utf-8")):
            if other not in ranks() or other in {package, "design"}:
                continue
            is_allowed = package in PAGES and may_know(package, other)
            assert is_allowed, f"{path.relative_to(ROOT)} includes a template of {other}"


def queries_of(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield node.lineno


def test_pages_and_the_api_fetch_through_the_doors() -> None:
    """Views, portal and API get rows from ``access`` and ``queries``, which know who looks."""
    patterns = ("*/views.py", "*/views/**/*.py", "portal/**/*.py", "*/api.py", "api/**/*.py")
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources(*patterns)
        if "tests" not in path.parts
        and "migrations" not in path.parts
        and path.name not in {"queries.py", "access.py"}
        for line in queries_of(path)
    ]
    assert found == []


def test_templates_make_no_queries() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in sources("**/*.html")
        if re.search(r"{[{%][^}]*\.(?:objects|all)\b", path.read_text("utf-8"))
    ]
    assert found == []


def names_in(path: Path, package: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_rules_and_actions_know_no_pages() -> None:
    """Import-linter cannot name parts of other libraries."""
    forbidden = (
        "django.http",
        "django.shortcuts",
        "django.template",
        "django.forms",
        "django_htmx",
    )
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources("*/rules.py", "*/rules/**/*.py", "*/actions/**/*.py")
        for name in names_in(path, path.parts[-2])
        if name.startswith(forbidden)
    ]
    assert found == []


def test_only_one_door_leads_to_the_queue() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in sources("**/*.py")
        if any(name.split(".")[0] == "procrastinate" for name in names_in(path, ""))
        and path != ROOT / "valedor/foundation/jobs.py"
    ]
    assert found == []


def test_migrations_form_one_line() -> None:
    from tests import migrations

    assert migrations.problems() == []
