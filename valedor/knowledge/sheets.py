"""Sheets of guidance: what a key is about, and what stands on it: the entity's own wording, or the
one that the product ships.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.casefile.models import Kind
from valedor.foundation.multilingual import MultilingualText
from valedor.knowledge.models import Manner, SheetVersion
from valedor.people.models import Entity
from valedor.procedures.models import Category

PARTS = ("brief", "do", "avoid", "ask")
MANNER, SPEECH, KIND, CATEGORY = "manner", "speech", "kind", "category"
SPEECHES = ("telephone", "writing")
_SHIPPED = Path(__file__).parent / "shipped"


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet now. ``number`` is 0 where it is the shipped wording."""

    key: str
    title: str
    number: int
    brief: MultilingualText
    do: MultilingualText
    avoid: MultilingualText
    ask: MultilingualText


class About(NamedTuple):
    """A key, taken apart: ``kind`` and ``complaint``."""

    what: str
    which: str


def about(key: str) -> About:
    """What a key is about; nothing where it is about nothing known."""
    what, _dash, which = key.partition("-")
    known: Mapping[str, tuple[str, ...]] = {
        MANNER: tuple(Manner.values), SPEECH: SPEECHES, KIND: tuple(Kind.values),
    }  # fmt: skip
    if which and (which in known.get(what, ()) or what == CATEGORY):
        return About(what, which)
    return About("", "")


def shipped_keys() -> list[str]:
    """The sheets that every entity has, in their order."""
    return [
        *(f"{SPEECH}-{one}" for one in SPEECHES),
        *(f"{MANNER}-{one}" for one in Manner.values),
        *(f"{KIND}-{one}" for one in Kind.values),
    ]


@cache
def shipped(key: str) -> Mapping[str, MultilingualText]:
    """The shipped wording; empty texts where nothing is shipped."""
    return _shipped().get(key) or {part: MultilingualText() for part in PARTS}


@cache
def _shipped() -> dict[str, dict[str, MultilingualText]]:
    """Every shipped sheet, read from one file a language."""
    found: dict[str, dict[str, MultilingualText]] = {}
    for path in sorted(_SHIPPED.glob("*.toml")):
        for key, parts in tomllib.loads(path.read_text("utf-8")).items():
            sheet = found.setdefault(key, {part: MultilingualText() for part in PARTS})
            for part, text in parts.items():
                sheet[part][path.stem] = text.strip()
    return found


def title_of(key: str, category: Category | None = None) -> str:
    """What a sheet is called, in the reader's language."""
    what, which = about(key)
    if what == MANNER:
        return str(Manner(which).label)
    if what == KIND:
        return str(Kind(which).label)
    if what == SPEECH and which == "telephone":
        return _("How we speak on the telephone")
    if what == SPEECH:
        return pgettext("guidance", "How we write")
    return str(category.name) if category else which


def sheet_of(entity: Entity, key: str) -> Sheet | None:
    """What stands on a sheet; nothing for a key about nothing that the entity has."""
    return sheets_of(entity, [key]).get(key)


def sheets_of(entity: Entity, keys: list[str]) -> dict[str, Sheet]:
    """Several of them, by key. Two queries at most."""
    own = {
        version.key: version
        for version in SheetVersion.objects.filter(entity=entity, key__in=keys)
        .order_by("key", "-number")
        .distinct("key")
    }
    wanted = [about(key).which for key in keys if about(key).what == CATEGORY]
    named = {}
    if wanted:
        named = {one.key: one for one in Category.objects.filter(entity=entity, key__in=wanted)}
    found = {}
    for key in keys:
        what, which = about(key)
        if not what or (what == CATEGORY and which not in named):
            continue
        version = own.get(key)
        texts = shipped(key) if version is None else {one: getattr(version, one) for one in PARTS}
        title = title_of(key, named.get(which))
        found[key] = Sheet(key=key, title=title, number=version.number if version else 0, **texts)
    return found


def categories_of(entity: Entity) -> list[Category]:
    """The subjects of an entity that may have a script of their own."""
    return list(Category.objects.filter(entity=entity, valid_until=None).order_by("key"))


def own_sheets(entity: Entity) -> list[str]:
    """The keys of the sheets that an entity has written itself."""
    found = SheetVersion.objects.filter(entity=entity).values_list("key", flat=True)
    return sorted(set(found))


def versions_of(entity: Entity, key: str) -> list[SheetVersion]:
    """Every own wording of a sheet, the newest first."""
    found = SheetVersion.objects.filter(entity=entity, key=key).order_by("-number")
    return list(found.select_related("published_by"))
