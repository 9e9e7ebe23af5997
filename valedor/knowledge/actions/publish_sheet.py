"""Publish an entity's own wording of a sheet of guidance: the next version, shown at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.knowledge import guidance_rules
from valedor.knowledge.actions.editing import lock_for
from valedor.knowledge.models import SheetVersion
from valedor.knowledge.sheets import PARTS, sheet_of
from valedor.people.acts import Act
from valedor.people.changes import record_setting
from valedor.people.models import Account, Entity


class SheetFields(TypedDict, total=False):
    """What is told; what is left out stays as it is."""

    brief: Mapping[str, str]
    do: Mapping[str, str]
    avoid: Mapping[str, str]
    ask: Mapping[str, str]


@transaction.atomic
def publish_sheet(
    entity: Entity, key: str, *, by: Account | None, at: datetime, **said: Unpack[SheetFields]
) -> SheetVersion | None:
    """Publish what is said; nothing where it says what stands there already. Raises ``Refused``."""
    lock_for(by, {entity.pk})
    sheet = sheet_of(entity, key)
    refuse_if(guidance_rules.why_not_sheet(key, is_known=sheet is not None))
    assert sheet is not None  # noqa: S101 -- refused above
    before = {part: dict(getattr(sheet, part)) for part in PARTS}
    asked = {**before, **{part: _clean(text) for part, text in said.items()}}  # type: ignore[arg-type]
    if asked == before:
        return None
    refuse_if(guidance_rules.why_not_publish(asked, languages=entity.languages))
    version = SheetVersion.objects.create(
        entity=entity,
        key=key,
        number=sheet.number + 1,
        published_by=by,
        published_at=at,
        **asked,
    )
    record_setting(
        Act.GUIDANCE_PUBLISHED,
        f"{entity.key}/{key}",
        before={"number": sheet.number},
        after={"number": version.number, **asked},
        by=by,
        at=at,
    )
    return version


def _clean(text: Mapping[str, str]) -> dict[str, str]:
    """Without blank lines, and without the languages left empty."""
    found = {
        language: "\n".join(line.strip() for line in words.splitlines() if line.strip())
        for language, words in text.items()
    }
    return {language: words for language, words in found.items() if words}
