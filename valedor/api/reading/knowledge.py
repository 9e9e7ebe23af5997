"""What the house knows and how it speaks."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from valedor.acts.desk import Desk
from valedor.acts.reading import knowledge as knowledge_read
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json
from valedor.api.looking import (
    LIST_PROBLEMS,
    ONE_PROBLEMS,
    as_person,
    chosen,
    looking,
)
from valedor.api.schemas import DeskActView
from valedor.casefile.viewing import Viewer
from valedor.knowledge.finding import search_articles
from valedor.knowledge.impressions import days_kept
from valedor.knowledge.models import ArticleVersion
from valedor.knowledge.queries import standing_at
from valedor.knowledge.sheets import (
    CATEGORY,
    PARTS,
    Sheet,
    categories_of,
    sheet_of,
    sheets_of,
    shipped_keys,
)
from valedor.people.models import Entity
from valedor.people.permissions import Permission

router = Router()
_READS = as_person(Permission.SEE_CASES, Permission.EDIT_KNOWLEDGE)
_BEGINS = 180


Words = dict[str, str]
"""A text by language: ``es``, ``ca``, ``pt-br``, ``en``."""


class VersionView(Schema):
    """One wording of an article. ``number`` counts from 1."""

    number: int
    shelf: str
    entities: list[str]
    title: Words
    body: Words
    keywords: Words
    valid_from: date | None
    valid_until: date | None
    saved_at: datetime
    published_at: datetime | None


class ArticleLine(Schema):
    """An article as it is shown now, in the language of the answer."""

    key: str
    version: int
    shelf: str
    title: str
    begins: str


class Articles(Schema):
    """The articles that an entity shows now, or those that say some words."""

    entity: str
    articles: list[ArticleLine]


class ArticleView(Schema):
    """An article. ``shown`` is the version shown now; ``versions`` are all that the person may
    read, the newest first: for its writers every one.
    """

    key: str
    shown: int | None
    withdrawn_at: datetime | None
    versions: list[VersionView]
    acts: list[DeskActView]


class SheetView(Schema):
    """A sheet of guidance; version 0 is the one that the program came with."""

    entity: str
    key: str
    name: str
    version: int
    brief: Words
    do: Words
    avoid: Words
    ask: Words
    acts: list[DeskActView]


class Guidance(Schema):
    """Every sheet of an entity, and for how many days it keeps an impression of somebody."""

    entity: str
    days_kept: int
    sheets: list[SheetView]


@router.get(
    "/articles",
    auth=_READS,
    response={200: Articles} | LIST_PROBLEMS,
    summary="List articles",
    operation_id="list_articles",
    tags=["knowledge"],
)
def list_articles(
    request: HttpRequest,
    entity: str = Query(""),  # type: ignore[type-arg]
    q: str = Query("", max_length=200),  # type: ignore[type-arg]
) -> HttpResponse:
    """What an entity shows now, by title; with ``q`` what answers to these words, the best first.

    The entity is the first of the person's where none is named.
    """
    with looking(request, "knowledge", "entity", "q") as (viewer, at):
        house = chosen(knowledge_read.entities_read_by(viewer), entity)
        if house is None:
            raise Http404
        if q.strip():
            found = list(search_articles([house], q.strip(), at))
        else:
            found = sorted(standing_at(house, at), key=lambda one: str(one.title).lower())
        lines = [_article_line(one) for one in found]
        return as_json(Articles(entity=house.key, articles=lines))


def _article_line(one: ArticleVersion) -> ArticleLine:
    return ArticleLine(
        key=one.article.key,
        version=one.number,
        shelf=one.shelf,
        title=str(one.title),
        begins=" ".join(str(one.body).split())[:_BEGINS],
    )


@router.get(
    "/articles/{key}",
    auth=_READS,
    response={200: ArticleView} | ONE_PROBLEMS,
    summary="Read an article",
    operation_id="read_article",
    tags=["knowledge"],
)
def read_article(request: HttpRequest, key: str) -> HttpResponse:
    """What it says in every language; for its writers all that was ever saved."""
    with looking(request, "article") as (viewer, at):
        opened = knowledge_read.open_article(viewer, key, at)
        withdrawn_at = opened.article.withdrawn_at
        view = ArticleView(
            key=key,
            shown=opened.shown.number if opened.shown and withdrawn_at is None else None,
            withdrawn_at=withdrawn_at,
            versions=[_version(one) for one in opened.versions],
            acts=acts_on(
                Desk(viewer, at, key),
                "article-version",
                "article-publishing",
                "article-withdrawal",
            )
            if opened.may_write
            else [],
        )
        return as_json(view)


def _version(one: ArticleVersion) -> VersionView:
    return VersionView(
        number=one.number,
        shelf=one.shelf,
        entities=sorted(entity.key for entity in one.entities.all()),
        title=dict(one.title),
        body=dict(one.body),
        keywords=dict(one.keywords),
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        saved_at=one.saved_at,
        published_at=one.published_at,
    )


@router.get(
    "/guidance/{entity_key}",
    auth=_READS,
    response={200: Guidance} | ONE_PROBLEMS,
    summary="List the guidance of an entity",
    operation_id="list_guidance",
    tags=["knowledge"],
)
def list_guidance(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Every sheet: how the house speaks, by manner, by kind of contact, by subject."""
    with looking(request, "guidance") as (viewer, _at):
        entity = _entity(viewer, entity_key)
        keys = [*shipped_keys(), *(f"{CATEGORY}-{one.key}" for one in categories_of(entity))]
        found = sheets_of(entity, keys)
        sheets = [_sheet(entity, found[key]) for key in keys if key in found]
        answer = Guidance(entity=entity.key, days_kept=days_kept(entity.pk), sheets=sheets)
        return as_json(answer)


@router.get(
    "/guidance/{entity_key}/{sheet_key}",
    auth=_READS,
    response={200: SheetView} | ONE_PROBLEMS,
    summary="Read a sheet of guidance",
    operation_id="read_guidance",
    tags=["knowledge"],
)
def read_guidance(request: HttpRequest, entity_key: str, sheet_key: str) -> HttpResponse:
    """One sheet in every language, and for its writers what they can do with it."""
    with looking(request, "sheet") as (viewer, at):
        entity = _entity(viewer, entity_key)
        sheet = sheet_of(entity, sheet_key)
        if sheet is None:
            raise Http404
        view = _sheet(entity, sheet)
        view.acts = acts_on(Desk(viewer, at, f"{entity.key}:{sheet.key}"), "guidance")
        return as_json(view)


def _entity(viewer: Viewer, key: str) -> Entity:
    found = chosen(knowledge_read.entities_read_by(viewer), key)
    if found is None:
        raise Http404
    return found


def _sheet(entity: Entity, sheet: Sheet) -> SheetView:
    parts: dict[str, dict[str, str]] = {part: dict(getattr(sheet, part)) for part in PARTS}
    return SheetView(
        entity=entity.key,
        key=sheet.key,
        name=sheet.title,
        version=sheet.number,
        brief=parts["brief"],
        do=parts["do"],
        avoid=parts["avoid"],
        ask=parts["ask"],
        acts=[],
    )
