"""The categories of an imported file, put into the entity's dated tree as they are met.

They are not offered to complainants until somebody of the administration makes them public.
"""

import hashlib
import re
import unicodedata
from datetime import date

from django.db import connection, transaction

from valedor.people.models import Entity
from valedor.procedures.models import Category

_LONGEST_KEY = 120


class CategoryTree:
    """Finds or makes the category of a path. Names that differ by blanks, capitals or a dot are
    one.
    """

    def __init__(self, entity: Entity, source: str, language: str) -> None:
        self.entity = entity
        self.root = slug(source)
        self.language = language
        self.known: dict[str, Category] = {
            category.key: category
            for category in Category.objects.filter(
                entity=entity, key__startswith=f"{self.root}/"
            ).select_related("team", "area", "parent")
        }
        self._by_path: dict[tuple[str, ...], Category] = {}
        self._earliest: dict[int, date] = {}

    def of(self, path: tuple[str, ...], on: date) -> Category | None:
        """The category of a path of names, valid on that day."""
        if not path:
            return None
        category = self._by_path.get(path)
        if category is None:
            category = self._by_path[path] = self._found_or_made(path, on)
        if on < category.valid_from:
            earliest = self._earliest.get(category.pk, on)
            self._earliest[category.pk] = min(earliest, on)
        return category

    def _found_or_made(self, path: tuple[str, ...], on: date) -> Category:
        parent: Category | None = None
        for depth in range(1, len(path) + 1):
            key = self._key(path[:depth])
            category = self.known.get(key)
            if category is None:
                with transaction.atomic():
                    category = Category.objects.create(
                        entity=self.entity,
                        parent=parent,
                        key=key,
                        name={self.language: path[depth - 1][:200]},
                        is_public=False,
                        valid_from=on,
                    )
                    _settings_changed()
                self.known[key] = category
            parent = category
        assert parent is not None  # noqa: S101 -- a path has a name
        return parent

    def _key(self, path: tuple[str, ...]) -> str:
        key = "/".join([self.root, *map(slug, path)])
        if len(key) <= _LONGEST_KEY:
            return key
        digest = hashlib.sha256(key.encode()).hexdigest()[:12]
        return f"{key[: _LONGEST_KEY - 13]}-{digest}"

    def widen(self) -> None:
        """Let the categories begin with the earliest case that they were given to, ancestors
        too.
        """
        if not self._earliest:
            return
        begins: dict[int, date] = {}
        for path, category in self._by_path.items():
            on = self._earliest.get(category.pk)
            for depth in range(1, len(path) + 1) if on else ():
                pk = self.known[self._key(path[:depth])].pk
                begins[pk] = min(begins.get(pk, on), on)  # type: ignore[type-var, assignment]
        with transaction.atomic():
            for pk, day in begins.items():
                Category.objects.filter(pk=pk, valid_from__gt=day).update(valid_from=day)
            _settings_changed()
        self._earliest.clear()


def slug(name: str) -> str:
    """A name as part of a key: no accents, capitals, dots or blanks."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return (
        re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        or hashlib.sha256(name.encode()).hexdigest()[:8]
    )


def _settings_changed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_configuration SET number = number + 1")
