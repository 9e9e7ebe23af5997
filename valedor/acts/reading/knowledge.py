"""What is known, as the pages of the desk ask for it: what concerns the viewer's entities."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404

from valedor.casefile.viewing import Viewer
from valedor.knowledge.models import Article, ArticleVersion
from valedor.knowledge.queries import (
    RENEW_WITHIN,
    article_with_key,
    articles_of,
    standing_at,
    today_at,
    verdicts_of,
)
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.models import Category


def entities_read_by(viewer: Viewer) -> list[Entity]:
    """Whose articles somebody reads: those they look after; administrators read them all."""
    found = Entity.objects.order_by("name")
    if not viewer.may(Permission.CONFIGURE):
        found = found.filter(pk__in=viewer.entities)
    return list(found)


def entities_written_by(viewer: Viewer) -> list[Entity]:
    """For whom somebody writes: their team's entities; administrators for all."""
    found = Entity.objects.order_by("name")
    if not viewer.may(Permission.CONFIGURE):
        found = found.filter(pk__in=viewer.entities_where(Permission.EDIT_KNOWLEDGE))
    return list(found)


@dataclass(frozen=True)
class Opened:
    """An article before its reader. ``shown`` is the wording shown now at one of their entities;
    ``may_write`` says that they write it too, and then every version is theirs to read.
    """

    article: Article
    versions: list[ArticleVersion]
    shown: ArticleVersion | None
    may_write: bool

    @property
    def latest(self) -> ArticleVersion:
        """What was saved last."""
        return self.versions[0]


def open_article(viewer: Viewer, key: str, at: datetime) -> Opened:
    """An article with the versions that somebody may read. Raises ``Http404``."""
    article = article_with_key(key)
    if article is None:
        raise Http404
    read = entities_read_by(viewer)
    shown = None
    for entity in read:
        shown = shown or standing_at(entity, at).filter(article=article).first()
    versions = list(
        article.versions.order_by("-number")
        .select_related("saved_by", "published_by")
        .prefetch_related("entities")
    )
    theirs = {entity.pk for entity in entities_written_by(viewer)}
    said_for = {entity.pk for entity in versions[0].entities.all()}
    may_write = bool(theirs) and said_for <= theirs
    if not may_write:
        versions = [one for one in versions if shown is not None and one.pk == shown.pk]
    if not versions:
        raise Http404
    return Opened(article, versions, shown, may_write)


@dataclass(frozen=True)
class Owing:
    """An article that somebody should see to, and what is the matter with it."""

    article: Article
    version: ArticleVersion
    is_draft: bool = False
    is_withdrawn: bool = False
    ended_on: date | None = None
    ends_on: date | None = None
    languages: tuple[str, ...] = ()


def to_see_to(viewer: Viewer, at: datetime) -> list[Owing]:
    """Drafts nobody published, what has ended or ends soon, and what lacks a language by now."""
    written = {entity.pk: entity for entity in entities_written_by(viewer)}
    found = []
    for article in articles_of(written):
        version = next(iter(article.versions.all()))
        entities = list(version.entities.all())
        if not {entity.pk for entity in entities} <= set(written):
            continue
        owing = _owing(article, version, entities, at)
        if owing is not None:
            found.append(owing)
    return found


def _owing(
    article: Article, version: ArticleVersion, entities: list[Entity], at: datetime
) -> Owing | None:
    if article.withdrawn_at is not None:
        return Owing(article, version, is_withdrawn=True)
    if version.published_at is None:
        return Owing(article, version, is_draft=True)
    today = max(today_at(entity, at) for entity in entities)
    last = version.valid_until
    spoken = {language for entity in entities for language in entity.languages}
    missing = tuple(
        one for one in sorted(spoken) if not (version.title.get(one) and version.body.get(one))
    )
    if last is not None and last < today:
        return Owing(article, version, ended_on=last, languages=missing)
    if last is not None and last <= today + timedelta(days=RENEW_WITHIN):
        return Owing(article, version, ends_on=last, languages=missing)
    return Owing(article, version, languages=missing) if missing else None


def verdicts(versions: list[ArticleVersion]) -> dict[int, tuple[int, int]]:
    """For each version, how many said that it answered them, and how many that it did not."""
    return verdicts_of([version.pk for version in versions])


def category_key(entity: Entity, pk: int) -> str:
    """The key of a subject of an entity that somebody chose; empty where there is none."""
    found = Category.objects.filter(entity=entity, pk=pk).values_list("key", flat=True)
    return found.first() or ""
