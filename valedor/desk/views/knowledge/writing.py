"""Write an article: a draft first, or published at once."""

from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valedor.acts.forms.article import ArticleForm
from valedor.acts.reading.knowledge import entities_written_by, open_article
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import save
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.knowledge.actions.publish_article import publish_article
from valedor.knowledge.actions.save_article import save_article
from valedor.knowledge.queries import article_with_key
from valedor.people.permissions import Permission

from .shell import PLACE


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.EDIT_KNOWLEDGE)
def article_new(request: StaffRequest) -> HttpResponse:
    """One more article."""
    form = ArticleForm(
        request.POST or None, offered=entities_written_by(request.viewer), version=None
    )
    key = request.POST.get("key", "").strip()

    def act(at: datetime) -> None:
        if article_with_key(key) is not None:
            raise Refused(
                Refusal("key_taken", _("There is an article with this key: choose another."))
            )
        _save(request, form, key, at)

    return _answer(request, form, act, _("Write an article"), key, reverse("desk:knowledge"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.EDIT_KNOWLEDGE)
def article_edit(request: StaffRequest, key: str) -> HttpResponse:
    """The next version, beginning with what was saved last."""
    opened = open_article(request.viewer, key, now())
    if not opened.may_write:
        raise Http404
    form = ArticleForm(
        request.POST or None, offered=entities_written_by(request.viewer), version=opened.latest
    )
    title = str(opened.latest.title)
    return _answer(
        request,
        form,
        lambda at: _save(request, form, key, at),
        title,
        key,
        reverse("desk:article", args=[key]),
    )


@transaction.atomic
def _save(request: StaffRequest, form: ArticleForm, key: str, at: datetime) -> None:
    """Save and, where asked, publish: both or neither."""
    version = save_article(key, by=request.user, at=at, **form.said())
    if "publish" in request.POST and version.published_at is None:
        publish_article(version.article, by=request.user, at=at)


def _answer(
    request: StaffRequest, form: ArticleForm, act: object, title: str, key: str, back: str
) -> HttpResponse:
    to = reverse("desk:article", args=[key]) if key and _is_slug(key) else back
    done = save(request, form, act, to)  # type: ignore[arg-type]
    if done is not None:
        return done
    context = {"title": title, "form": form, "cancel_url": back}
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "desk/knowledge/edit.html", context, status=status, place=PLACE)


def _is_slug(key: str) -> bool:
    return key.replace("-", "").replace("_", "").isalnum() and key.isascii()
