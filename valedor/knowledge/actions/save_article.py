"""Save a wording of an article: the next version, which nobody but its writers sees yet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.knowledge import rules
from valedor.knowledge.actions.editing import lock_for
from valedor.knowledge.models import Article, ArticleVersion
from valedor.knowledge.queries import article_with_key, latest_version
from valedor.people.acts import Act
from valedor.people.changes import plain, record_setting
from valedor.people.models import Account, Entity
from valedor.people.rules import why_not_key

RESERVED = frozenset({"new", "likely"})
"""Words that are addresses where the keys of articles stand."""


class ArticleFields(TypedDict, total=False):
    """What is told; what is left out stays as it is."""

    shelf: str
    entities: Sequence[Entity]
    title: Mapping[str, str]
    body: Mapping[str, str]
    keywords: Mapping[str, str]
    valid_from: date | None
    valid_until: date | None


@transaction.atomic
def save_article(
    key: str, *, by: Account | None, at: datetime, **said: Unpack[ArticleFields]
) -> ArticleVersion:
    """Save the next version; the last one is returned when it says the same. Raises ``Refused``."""
    refuse_if(why_not_key(key, reserved=RESERVED))
    article = article_with_key(key)
    last = latest_version(article) if article else None
    before = said_in(last) if last else None
    asked = _asked(before, said)
    concerned = {entity.pk for entity in asked["entities"]}
    if before is not None:
        concerned |= {entity.pk for entity in before["entities"]}
    lock_for(by, concerned)
    refuse_if(rules.why_not_save(**asked))
    if last is not None and before is not None and _recorded(before) == _recorded(asked):
        return last
    article = article or Article.objects.create(key=key)
    version = ArticleVersion(
        article=article, number=last.number + 1 if last else 1, saved_by=by, saved_at=at
    )
    for name, value in asked.items():
        if name != "entities":
            setattr(version, name, value)
    version.save(force_insert=True)
    version.entities.set(asked["entities"])
    record_setting(
        Act.ARTICLE_SAVED,
        key,
        before={"number": last.number} if last else None,
        after={"number": version.number, **_recorded(asked)},
        by=by,
        at=at,
    )
    return version


def said_in(version: ArticleVersion) -> ArticleFields:
    """All that a version says."""
    return {
        "shelf": version.shelf,
        "entities": sorted(version.entities.all(), key=lambda entity: entity.key),
        "title": dict(version.title),
        "body": dict(version.body),
        "keywords": dict(version.keywords),
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
    }


def _asked(before: ArticleFields | None, said: ArticleFields) -> ArticleFields:
    blank: ArticleFields = {
        "shelf": "", "entities": [], "title": {}, "body": {}, "keywords": {},
        "valid_from": None, "valid_until": None,
    }  # fmt: skip
    asked: ArticleFields = {**blank, **(before or {}), **said}
    asked["entities"] = sorted(asked["entities"], key=lambda entity: entity.key)
    for name in ("title", "body", "keywords"):
        asked[name] = {
            language: text.strip() for language, text in asked[name].items() if text.strip()
        }
    return asked


def _recorded(said: ArticleFields) -> dict[str, object]:
    return {name: plain(value) for name, value in said.items()}
