"""Count that an article answered somebody, or did not: a number a day, nothing of who it was."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from valedor.knowledge.models import ArticleVerdict, ArticleVersion


@transaction.atomic
def judge_article(version: ArticleVersion, *, answered: bool, on: date) -> None:
    """Count one more of a day."""
    ArticleVerdict.objects.get_or_create(version=version, on=on)
    name = "answered" if answered else "not_answered"
    more: dict[str, Any] = {name: F(name) + 1}
    ArticleVerdict.objects.filter(version=version, on=on).update(**more)
