"""Articles for tests."""

from datetime import datetime
from typing import Any

from tests.cast import FRIDAY
from valedor.knowledge.actions.publish_article import publish_article
from valedor.knowledge.actions.save_article import save_article
from valedor.knowledge.models import ArticleVersion
from valedor.people.models import Account, Entity

LEAK_TITLE = {
    "ca": "Fuita d'aigua després del comptador",
    "es": "Fuga de agua después del contador",
    "en": "A leak behind the meter",
}
LEAK = {
    "ca": "Tanqueu la clau de pas i truqueu a un lampista. Si la fuita és al carrer, aviseu-nos.",
    "es": "Cierre la llave de paso y llame a un fontanero. Si la fuga está en la calle, avísenos.",
    "en": "Shut the stopcock and call a plumber. If it leaks in the street, tell us.",
}


def an_article(
    entity: Entity,
    key: str = "leak",
    *,
    by: Account | None = None,
    at: datetime = FRIDAY,
    is_published: bool = True,
    **said: Any,
) -> ArticleVersion:
    """One that is saved and, unless said otherwise, published."""
    fields: dict[str, Any] = {
        "shelf": "questions", "entities": [entity], "title": LEAK_TITLE, "body": LEAK,
        "keywords": {"es": "tubería rota", "ca": "canonada trencada"},
    }  # fmt: skip
    version = save_article(key, by=by, at=at, **fields | said)
    return publish_article(version.article, by=by, at=at) if is_published else version
