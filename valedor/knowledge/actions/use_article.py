"""Put an article into an answer that is being written, and keep which wording it was."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.knowledge.facts import ArticleUsed
from valedor.knowledge.models import ArticleVersion


@transaction.atomic
def use_article(case: Case, version: ArticleVersion, *, language: str, by: By, at: datetime) -> str:
    """The article's text in a language, for the answer; where it stands is the caller's to say.

    Whether somebody may write to the person is asked when they send it.
    """
    case = locked(case)
    fact = ArticleUsed(
        title=dict(version.title), article=version.article.key, version=version.number
    )
    timeline.record(case, fact, by=by, at=at)
    words: str = version.body.in_language(language)
    return words
