"""What is known, as it stands beside a form: to be read, or put into the answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from valedor.casefile.models import Case
from valedor.knowledge.finding import likely_articles, search_articles
from valedor.knowledge.models import ArticleVersion
from valedor.people.models import Entity

MOST = 6


def found_for(entity: Entity, typed: str, written: str, at: datetime) -> list[dict[str, Any]]:
    """What answers to words typed; without any, to what is being written."""
    return [_row(one, "") for one in _articles(entity, typed, written, at)]


def articles_beside(
    case: Case, typed: str, *, chat_id: int = 0, in_form: str = "", at: datetime
) -> dict[str, Any]:
    """The same in the language of a case, each with the way to put it into its answer or chat.

    ``in_form`` is the form to put it into where the page works without scripts.
    """
    if chat_id:
        place = {"typed_in": "#chat_line", "answers_at": "#chat_say"}
    else:
        place = {"typed_in": "#act_message", "answers_at": "#composer"}
    rows = []
    for one in _articles(case.entity, typed, case.subject, at):
        put = (
            reverse("desk:chat_article", args=[chat_id, one.pk])
            if chat_id
            else reverse("desk:put_article", args=[case.reference, one.pk])
        )
        rows.append(_row(one, case.language) | {"put_url": put, **place})
    return {"found": rows, "typed": typed.strip(), "in_form": in_form}


def _articles(entity: Entity, typed: str, written: str, at: datetime) -> Iterable[ArticleVersion]:
    if typed.strip():
        return search_articles([entity], typed, at, at_most=MOST)
    return likely_articles([entity], written, at)


def _row(version: ArticleVersion, language: str) -> dict[str, Any]:
    """In the language of the talk, or in the reader's where nobody knows it yet."""
    title, body = version.title, version.body
    return {
        "title": title.in_language(language) if language else str(title),
        "body": body.in_language(language) if language else str(body),
        "language": language,
        "url": reverse("desk:article", args=[version.article.key]),
    }
