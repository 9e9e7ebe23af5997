"""Look for an answer: the shelves, an article, and what may answer a text that is being written."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valedor.foundation.moments import now
from valedor.knowledge.actions.judge_article import judge_article
from valedor.knowledge.queries import article_shown, today_at
from valedor.portal import known as helping
from valedor.portal import places
from valedor.telling import spoken

LONGEST_SEARCH = 300


@login_not_required
@require_safe
def shelves(request: HttpRequest, entity_key: str) -> HttpResponse:
    """What can be looked up, or what answers to words."""
    house, at = places.house_of(request, entity_key), now()
    typed = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = {
        "typed": typed,
        "found": helping.found_by(house, typed, at) if typed else [],
        "shelves": [] if typed else helping.shelves(house, at),
    }
    return places.page(request, "help.html", house, context)


# Nobody is signed in, nothing is changed, and what is written stays out of addresses and logs.
@csrf_exempt
@login_not_required
@require_POST
def likely(request: HttpRequest, entity_key: str) -> HttpResponse:
    """What may answer what is being written, to be put beside it. Nothing of it is kept."""
    house, at = places.house_of(request, entity_key), now()
    written = request.POST.get("narrative", "") or request.POST.get("text", "")
    rows = []
    if helping.is_offered_beside(request.POST.get("kind", "")) and helping.has_articles(house, at):
        rows = helping.likely(house, written, at)
    return places.page(request, "_likely.html", house, {"likely": rows})


# Nobody is signed in: there are no rights to borrow, and a count is all that changes.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, entity_key: str, slug: str) -> HttpResponse:
    """One article in the reader's language; whether it answered is counted, and nothing else."""
    house, at = places.house_of(request, entity_key), now()
    version = article_shown(house.entity, slug, at)
    if version is None:
        raise Http404
    address = reverse("portal:help_article", args=[entity_key, slug])
    if request.method == "POST":
        said = request.POST.get("answered", "")
        if said not in {"yes", "no"}:
            return redirect(address)
        judge_article(version, answered=said == "yes", on=today_at(house.entity, at))
        return redirect(f"{address}?said={said}")
    context = {
        "title": str(version.title),
        "body": str(version.body),
        "shelf": version.get_shelf_display(),
        "since": spoken.day(spoken.local_day(version.published_at, house.entity.timezone))
        if version.published_at
        else "",
        "until": spoken.day(version.valid_until) if version.valid_until else "",
        "slug": slug,
        "said": request.GET.get("said", ""),
    }
    return places.page(request, "help_article.html", house, context)
