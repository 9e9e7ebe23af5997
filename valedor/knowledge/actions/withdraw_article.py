"""Withdraw an article: it is shown no longer, and its versions stay."""

from datetime import datetime

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.knowledge import rules
from valedor.knowledge.actions.editing import lock_for
from valedor.knowledge.models import Article
from valedor.knowledge.queries import latest_version
from valedor.people.acts import Act
from valedor.people.changes import change_row
from valedor.people.models import Account


@transaction.atomic
def withdraw_article(article: Article, *, by: Account | None, at: datetime) -> Article:
    """Show it no longer. Publishing it brings it back. Raises ``Refused``."""
    version = latest_version(article)
    lock_for(by, {entity.pk for entity in version.entities.all()} if version else set())
    refuse_if(rules.why_not_withdraw(is_withdrawn=article.withdrawn_at is not None))
    change_row(article, Act.ARTICLE_WITHDRAWN, article.key, {"withdrawn_at": at}, by=by, at=at)
    return article
