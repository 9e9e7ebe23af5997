"""Publish what was saved last: from its first day on, people and colleagues read it."""

from datetime import datetime

from django.db import connection, transaction

from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.refusals import refuse_if
from valedor.knowledge import rules
from valedor.knowledge.actions.editing import lock_for
from valedor.knowledge.models import Article, ArticleVersion
from valedor.knowledge.queries import latest_version
from valedor.people.acts import Act
from valedor.people.changes import record_setting
from valedor.people.models import Account

_WORDS = """
    INSERT INTO knowledge_articlewords (version_id, language, words)
    SELECT %s, language,
        setweight(valedor_words(language, title), 'A')
        || setweight(valedor_words(language, body), 'B')
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS told (language, title, body)
"""


@transaction.atomic
def publish_article(article: Article, *, by: Account | None, at: datetime) -> ArticleVersion:
    """Publish the last version. What was withdrawn is back with it. Raises ``Refused``."""
    version = latest_version(article)
    assert version is not None  # noqa: S101 -- an article is made with its first version
    entities = list(version.entities.all())
    lock_for(by, {entity.pk for entity in entities})
    spoken = {language for entity in entities for language in entity.languages}
    refuse_if(
        rules.why_not_publish(
            title=version.title,
            body=version.body,
            languages=sorted(spoken),
            is_published=version.published_at is not None and article.withdrawn_at is None,
        )
    )
    if version.published_at is None:
        version.published_by, version.published_at = by, at
        version.save(update_fields=["published_by", "published_at"])
        _index(version)
    if article.withdrawn_at is not None:
        article.withdrawn_at = None
        article.save(update_fields=["withdrawn_at"])
    record_setting(
        Act.ARTICLE_PUBLISHED, article.key, after={"number": version.number}, by=by, at=at
    )
    return version


def _index(version: ArticleVersion) -> None:
    told = [language for language in LANGUAGES if version.title.get(language)]
    titles = [f"{version.title[one]} {version.keywords.get(one, '')}" for one in told]
    bodies = [version.body.get(one, "") for one in told]
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [version.pk, told, titles, bodies])
