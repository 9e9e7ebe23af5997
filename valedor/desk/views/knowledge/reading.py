"""Look something up: the shelves, the search, one article with its versions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.reading.knowledge import (
    Opened,
    Owing,
    entities_read_by,
    entities_written_by,
    open_article,
    to_see_to,
    verdicts,
)
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import do
from valedor.foundation.moments import now
from valedor.knowledge.actions.publish_article import publish_article
from valedor.knowledge.actions.withdraw_article import withdraw_article
from valedor.knowledge.finding import search_articles
from valedor.knowledge.models import ArticleVersion, Shelf
from valedor.knowledge.queries import standing_at
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .shell import PLACE, READS, row_of, says, tabs_of


@require_safe
@staff_page(*READS)
def knowledge(request: StaffRequest) -> HttpResponse:
    """The shelves of an entity, or what answers to words."""
    at, typed = now(), request.GET.get("q", "").strip()
    entities = entities_read_by(request.viewer)
    asked = request.GET.get("entity", "")
    chosen = next((one for one in entities if one.key == asked), None)
    if asked and chosen is None:
        raise Http404
    chosen = chosen or next(iter(entities), None)
    found = search_articles([chosen], typed, at) if typed and chosen else []
    context = {
        "title": _("What we know"),
        "tabs": tabs_of(request.viewer, "knowledge", at),
        "entities": [_entity_link(one.key, one.name, one == chosen) for one in entities],
        "entity": chosen,
        "typed": typed,
        "found": [row_of(one) for one in found],
        "shelves": [] if typed or chosen is None else _shelves(chosen, at),
        "new_url": reverse("desk:article_new") if entities_written_by(request.viewer) else "",
    }
    return page(request, "desk/knowledge/knowledge.html", context, place=PLACE)


def _entity_link(key: str, name: str, is_current: bool) -> dict[str, Any]:
    return {"url": f"{reverse('desk:knowledge')}?entity={key}", "name": name, "is_now": is_current}


def _shelves(entity: Any, at: Any) -> list[dict[str, Any]]:
    standing = list(standing_at(entity, at))
    shelves = []
    for shelf in Shelf:
        rows = [row_of(one) for one in standing if one.shelf == shelf]
        if rows:
            rows.sort(key=lambda row: str(row["title"]).lower())
            shelves.append({"key": shelf.value, "name": shelf.label, "rows": rows})
    return shelves


@require_safe
@staff_page(Permission.EDIT_KNOWLEDGE)
def knowledge_due(request: StaffRequest) -> HttpResponse:
    """What waits for its writers: drafts, what has ended or ends soon, languages that lack."""
    at = now()
    rows = [
        {
            "url": reverse("desk:article", args=[one.article.key]),
            "title": str(one.version.title),
            "entities": ", ".join(entity.name for entity in one.version.entities.all()),
            "tone": "late" if one.ended_on else "warn",
            "matter": _matter(one),
        }
        for one in to_see_to(request.viewer, at)
    ]
    context = {
        "title": _("What we know"),
        "tabs": tabs_of(request.viewer, "knowledge_due", at),
        "rows": rows,
    }
    return page(request, "desk/knowledge/due.html", context, place=PLACE)


def _matter(one: Owing) -> str:
    if one.is_withdrawn:
        return _("Withdrawn: shown to nobody")
    if one.is_draft:
        return _("Saved, not published")
    if one.ended_on:
        return _("Ended on %(day)s: no longer shown") % {"day": spoken.day(one.ended_on)}
    if one.ends_on:
        return _("Ends on %(day)s") % {"day": spoken.day(one.ends_on)}
    names = ", ".join(spoken.language_name(code) for code in one.languages)
    return _("Not written in %(languages)s yet") % {"languages": names}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*READS)
def article(request: StaffRequest, key: str) -> HttpResponse:
    """One article: what it says, since when, and for its writers all that was ever saved."""
    at = now()
    opened = open_article(request.viewer, key, at)
    if request.method == "POST":
        return _act(request, opened)
    version = _version(opened, request.GET.get("version", ""))
    judged = verdicts(opened.versions) if opened.may_write else {}
    context = {
        "title": str(version.title),
        "article": opened.article,
        "version": version,
        "is_shown": opened.shown == version,
        "state": _state(opened, version),
        "shelf": version.get_shelf_display(),
        "entities": ", ".join(entity.name for entity in version.entities.all()),
        "texts": _texts(version),
        "versions": [_line(opened, one, judged) for one in opened.versions]
        if opened.may_write
        else [],
        "edit_url": reverse("desk:article_edit", args=[key]) if opened.may_write else "",
        "may_publish": opened.may_write
        and version == opened.latest
        and (version.published_at is None or opened.article.withdrawn_at is not None),
        "may_withdraw": opened.may_write and opened.article.withdrawn_at is None,
    }
    return page(request, "desk/knowledge/article.html", context, place=PLACE)


def _act(request: StaffRequest, opened: Opened) -> HttpResponse:
    """Publish or withdraw. Whoever only reads it is refused by the action."""
    address = reverse("desk:article", args=[opened.article.key])
    does = {"publish": publish_article, "withdraw": withdraw_article}.get(
        request.POST.get("do", "")
    )
    if does is None:
        return redirect(address)
    if not opened.may_write:
        does(opened.article, by=request.user, at=now())
    return do(request, lambda at: does(opened.article, by=request.user, at=at), address)


def _version(opened: Opened, asked: str) -> ArticleVersion:
    if not asked:
        return opened.shown if opened.shown in opened.versions else opened.latest
    for one in opened.versions:
        if str(one.number) == asked:
            return one
    raise Http404


def _texts(version: ArticleVersion) -> list[dict[str, Any]]:
    """Every language in which it is written, the reader's first."""
    mine = spoken.language()
    written = sorted(version.title, key=lambda code: (code != mine, code))
    return [
        {
            "code": code,
            "language": spoken.language_name(code),
            "title": version.title[code],
            "body": version.body.get(code, ""),
            "keywords": version.keywords.get(code, ""),
        }
        for code in written
    ]


def _state(opened: Opened, version: ArticleVersion) -> str:
    if opened.article.withdrawn_at is not None:
        return _("Withdrawn: shown to nobody")
    if version.published_at is None:
        return _("Saved, not published")
    if opened.shown == version:
        if version.valid_until:
            return _("Shown until %(day)s") % {"day": spoken.day(version.valid_until)}
        return _("Shown now")
    if version.valid_until and version.valid_until < now().date():
        return _("Ended on %(day)s: no longer shown") % {"day": spoken.day(version.valid_until)}
    if version.valid_from and version == opened.latest:
        return _("Shown from %(day)s on") % {"day": spoken.day(version.valid_from)}
    return _("An earlier wording")


def _line(
    opened: Opened, version: ArticleVersion, judged: dict[int, tuple[int, int]]
) -> dict[str, Any]:
    zone = next((one.timezone for one in version.entities.all()), "UTC")
    house = _("the configuration file")
    published = ""
    if version.published_at is not None:
        published = _("published on %(when)s by %(name)s") % {
            "when": spoken.stamp(version.published_at, zone),
            "name": version.published_by.name if version.published_by else house,
        }
    address = reverse("desk:article", args=[opened.article.key])
    return {
        "url": f"{address}?version={version.number}",
        "words": _("Version %(number)s, saved on %(when)s by %(name)s")
        % {
            "number": version.number,
            "when": spoken.stamp(version.saved_at, zone),
            "name": version.saved_by.name if version.saved_by else house,
        },
        "published": published,
        "judged": says(*judged[version.pk]) if version.pk in judged else "",
    }
