"""Load files for an entity, one import of a source at a time."""

import hashlib
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import connection

from valedor.intake.importing.file_load import WRITERS, FileLoad
from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.models import ImportedFile
from valedor.intake.importing.reading import Shape, digest_of_file, open_file, records
from valedor.intake.importing.refusing import MappingWrong, RowRejected, nearest
from valedor.intake.importing.summary import Summary
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules, house_rules


def load(
    mapping: Mapping,
    mapping_digest: str,
    paths: Sequence[Path],
    entity: Entity,
    *,
    at: datetime,
    tell: Callable[[Summary], None] = lambda summary: None,
    writers: int = WRITERS,
) -> tuple[Summary, list[ImportedFile]]:
    """Load files for an entity. Raises ``MappingWrong`` before anything is written."""
    shapes = [_shape_of(mapping, path) for path in paths]
    house = house_of(mapping, entity)
    summary = Summary()
    files = []
    with _only_one(entity, mapping):
        for path, shape in zip(paths, shapes, strict=True):
            file, _made = ImportedFile.objects.get_or_create(
                entity=entity,
                mapping=f"{mapping.name[:100]}:{mapping_digest[:12]}",
                source=mapping.source,
                sha256=digest_of_file(path),
                defaults={
                    "name": path.name[:255],
                    "begun_at": at,
                    "header": shape.first_record,
                    "mapping_text": mapping.text,
                },
            )
            FileLoad(mapping, house, shape, path, file, summary, at=at, tell=tell).run(writers)
            files.append(file)
    return summary, files


def _shape_of(mapping: Mapping, path: Path) -> Shape:
    with open_file(path) as file:
        header = next(records(file, path.name, mapping.quote, mapping.delimiters), None)
        if header is None:
            raise MappingWrong(f"{path.name} is empty.", code="file_empty")
        try:
            return Shape(mapping, header, path.name)
        except RowRejected as rejected:
            raise MappingWrong(f"The header of {path.name}: {rejected}") from rejected


def house_of(mapping: Mapping, entity: Entity) -> HouseRules:
    """The entity's rules with what the mapping says otherwise: regimes, region and zone of the
    source.
    """
    house = house_rules(entity.pk)
    other = copy(house.entity)
    if mapping.regimes is not None:
        for regime in mapping.regimes:
            if regime not in house.versions:
                raise MappingWrong(
                    f"{mapping.name}: regimes: there is no regime “{regime}”."
                    f"{nearest(regime, house.versions)}"
                )
        other.regimes, other.promised_regimes = list(mapping.regimes), []
        house = replace(house, targets=())
    other.region = mapping.region or other.region
    other.timezone = mapping.timezone or other.timezone
    return replace(house, entity=other)


class _only_one:  # noqa: N801 -- it reads as a sentence
    """One import of a source at a time: two would compose the same row twice."""

    def __init__(self, entity: Entity, mapping: Mapping) -> None:
        named = hashlib.sha256(f"import {entity.pk} {mapping.source}".encode()).digest()
        self.number = int.from_bytes(named[:8], signed=True)
        self.source = mapping.source

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self.number])
            if not cursor.fetchone()[0]:
                raise MappingWrong(
                    f"Another import of {self.source} is running.",
                    hint="wait until it ends, then type the same again",
                    code="import_running",
                )

    def __exit__(self, *_error: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [self.number])
