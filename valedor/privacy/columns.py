"""Every described column of the installation, gathered from the packages."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from valedor.foundation.personal import Column, Goes, Personal

_TELLING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    SearchVectorField,
    ArrayField,
)


class Described(NamedTuple):
    """A column and what its package says of it; ``None`` where nobody says anything."""

    model: type[models.Model]
    field: "models.Field[object, object]"
    said: Column | None

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"


@cache
def described_columns() -> tuple[Described, ...]:
    """Every column that could tell something about somebody."""
    said = _said()
    return tuple(
        Described(model, field, said.get(f"{model._meta.label}.{field.name}"))
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, _TELLING)
    )


def described_in_vain() -> list[str]:
    """Descriptions of columns that do not exist."""
    known = {column.name for column in described_columns()}
    return sorted(set(_said()) - known)


def _said() -> dict[str, Column]:
    said: dict[str, Column] = {}
    for app in apps.get_app_configs():
        module = f"{app.name}.personal_data"
        if not app.name.startswith("valedor.") or find_spec(module) is None:
            continue
        columns: dict[str, Column] = import_module(module).COLUMNS
        for name, column in columns.items():
            said[name if name.count(".") == 2 else f"{app.label}.{name}"] = column
    return said


def personal(*goes: Goes) -> Iterator[Described]:
    """The personal columns that go in one of these ways."""
    for column in described_columns():
        if isinstance(column.said, Personal) and column.said.goes in goes:
            yield column
