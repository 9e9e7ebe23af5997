"""Publish an entity's own wording of a letter."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of
from valedor.procedures.letter_templates import shipped_letters, why_not_publish
from valedor.procedures.models import LetterTemplate


def draft_letter(
    entity: Entity,
    key: str,
    *,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    contents: Sequence[str] | None = None,
    at: datetime,
) -> LetterTemplate:
    """The next version as it would be, saved nowhere: for a preview and for the rule."""
    shipped = shipped_letters().get(key)
    if contents is None:
        contents = sorted(shipped.contents) if shipped else ()
    last = LetterTemplate.objects.filter(entity=entity, key=key).order_by("number").last()
    return LetterTemplate(
        entity=entity,
        key=key,
        number=last.number + 1 if last else 1,
        subject=dict(subject),
        body=dict(body),
        contents=sorted(contents),
        published_at=at,
    )


@transaction.atomic
def publish_letter(
    entity: Entity,
    key: str,
    *,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    contents: Sequence[str] | None = None,
    by: Account | None,
    at: datetime,
) -> LetterTemplate:
    """Publish the next version; the last one is returned when it says the same.

    Refused while one of the four languages lacks a text. Letters already sent keep theirs.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    letter = draft_letter(entity, key, subject=subject, body=body, contents=contents, at=at)
    before = current_letter(entity, key)
    if before is not None and _said(before) == _said(letter):
        return before
    refuse_if(why_not_publish(letter))
    letter.save(force_insert=True)
    record_setting(
        Act.LETTER_PUBLISHED,
        f"{entity.key}/{key}",
        before={"number": before.number, "own": before.entity_id is not None} if before else None,
        after={"number": letter.number, "own": True, **_said(letter)},
        by=by,
        at=at,
    )
    return letter


def current_letter(entity: Entity, key: str) -> LetterTemplate | None:
    """The version that letters are written from now: the entity's own, else the shipped one."""
    own = LetterTemplate.objects.filter(entity=entity, key=key).order_by("number").last()
    return own or LetterTemplate.objects.filter(entity=None, key=key).order_by("number").last()


def _said(letter: LetterTemplate) -> dict[str, object]:
    return {
        "subject": dict(letter.subject),
        "body": {language: text.strip() for language, text in letter.body.items()},
        "contents": sorted(letter.contents),
    }
