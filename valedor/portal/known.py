"""What the organisation knows, for the public: shelves, found articles, and what may answer a text.

While somebody writes, articles are offered only beside the kinds of contact that ask for it
(``intake.kind_forms``): never beside a complaint.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse

from valedor.intake.kind_forms import form_of
from valedor.knowledge.finding import likely_articles, search_articles
from valedor.knowledge.models import ArticleVersion, Shelf
from valedor.knowledge.queries import standing_at, standing_keys, today_at
from valedor.procedures.house_rules import HouseRules

EXCERPT = 160


def has_articles(house: HouseRules, at: datetime) -> bool:
    """Whether there is anything to look up today. Asked once a day while settings stay the same."""
    return bool(_keys(house, today_at(house.entity, at)))


@lru_cache(maxsize=64)
def _keys(house: HouseRules, day: date) -> frozenset[str]:
    return standing_keys(house.entity, day)


def shelves(house: HouseRules, at: datetime) -> list[dict[str, Any]]:
    """Every shelf with its articles by title, in the reader's language."""
    standing = list(standing_at(house.entity, at))
    found = []
    for shelf in Shelf:
        rows = rows_of(house, (one for one in standing if one.shelf == shelf))
        if rows:
            rows.sort(key=lambda row: str(row["title"]).lower())
            found.append({"key": shelf.value, "name": shelf.label, "rows": rows})
    return found


def found_by(house: HouseRules, typed: str, at: datetime) -> list[dict[str, Any]]:
    """What answers to words typed."""
    return rows_of(house, search_articles([house.entity], typed, at))


def likely(house: HouseRules, written: str, at: datetime) -> list[dict[str, Any]]:
    """What may answer somebody who is still writing."""
    return rows_of(house, likely_articles([house.entity], written, at))


def beside(house: HouseRules, written: str, looks: bool, at: datetime) -> dict[str, Any]:
    """What a form shows beside what is written. Whoever asks for it (``looks``) is told, too, that
    nothing was found.
    """
    if not has_articles(house, at):
        return {"has_articles": False}
    rows = likely(house, written, at) if looks else []
    return {"has_articles": True, "likely": rows, "looked_in_vain": looks and not rows}


def is_offered_beside(kind: str) -> bool:
    """Whether articles are offered unasked while somebody writes a contact of this kind."""
    return form_of(kind).offers_articles


def rows_of(house: HouseRules, versions: Iterable[ArticleVersion]) -> list[dict[str, Any]]:
    """Articles as links with how they begin."""
    return [
        {
            "url": reverse("portal:help_article", args=[house.entity.key, one.article.key]),
            "title": str(one.title),
            "excerpt": _excerpt(str(one.body)),
        }
        for one in versions
    ]


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= EXCERPT:
        return flat
    return flat[: flat.rfind(" ", 0, EXCERPT)].rstrip(" .,;:") + "…"
