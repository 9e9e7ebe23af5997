"""What the organisation knows, in the file: articles and guidance, out of it and into it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from valedor.knowledge.actions.keep_impressions import keep_impressions
from valedor.knowledge.actions.publish_article import publish_article
from valedor.knowledge.actions.save_article import save_article
from valedor.knowledge.actions.withdraw_article import withdraw_article
from valedor.knowledge.impressions import days_kept
from valedor.knowledge.models import ArticleVersion
from valedor.knowledge.queries import articles_of
from valedor.knowledge.sheets import PARTS, own_sheets, sheet_of
from valedor.people.models import Account, Entity

from . import toml
from .read import Document, written


def set_article(
    key: str, row: Document, entities: list[Entity] | None, *, by: Account | None, at: datetime
) -> None:
    """Save what the file says, and publish or withdraw it where it says so. Raises ``Refused``."""
    said: Any = {
        name: value
        for name, value in row.items()
        if name not in {"entities", "is_published", "is_withdrawn"}
    }
    if entities is not None:
        said["entities"] = entities
    version = save_article(key, by=by, at=at, **said)
    article = version.article
    if row.get("is_withdrawn"):
        if article.withdrawn_at is None:
            withdraw_article(article, by=by, at=at)
    elif row.get("is_published", True) and (
        version.published_at is None or (article.withdrawn_at and "is_withdrawn" in row)
    ):
        publish_article(article, by=by, at=at)


def articles() -> Iterator[str]:
    """Every article as it was saved last."""
    for article in articles_of(None):
        version: ArticleVersion = next(iter(article.versions.all()))
        row: dict[str, Any] = {
            "entities": sorted(entity.key for entity in version.entities.all()),
            "shelf": version.shelf,
            "is_published": version.published_at is not None,
            "is_withdrawn": article.withdrawn_at is not None,
        }
        row |= {
            name: getattr(version, name)
            for name in ("valid_from", "valid_until")
            if getattr(version, name) is not None
        }
        for name in ("title", "body", "keywords"):
            text = getattr(version, name)
            row[name] = {written(language): text[language] for language in sorted(text)}
        yield toml.table(("articles", article.key), row)


def set_guidance(entity: Entity, row: Document, *, by: Account | None, at: datetime) -> None:
    """How long impressions are kept, where the file says so. Raises ``Refused``."""
    if "impression_days" in row and row["impression_days"] != days_kept(entity.pk):
        keep_impressions(entity, days=row["impression_days"], by=by, at=at)


def guidance(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    """What an entity set of its own: sheets that it wrote, and how long impressions are kept."""
    yield toml.table((*here, "knowledge"), {"impression_days": days_kept(entity.pk)})
    for key in own_sheets(entity):
        sheet = sheet_of(entity, key)
        if sheet is None:
            continue
        row = {}
        for part in PARTS:
            text = getattr(sheet, part)
            row[part] = {written(language): text[language] for language in sorted(text)}
        yield toml.table((*here, "guidance", key), row)
