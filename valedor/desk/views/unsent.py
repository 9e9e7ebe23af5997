"""What somebody typed when they were signed in no longer: to be sent again, or dropped."""

import copy
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from valedor.design.parts import Fact
from valedor.desk.form_words import FormWords, words_of_form
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.people.actions.unsent import drop_unsent
from valedor.people.unsent import AGAIN, Typed, Unsent, browser_of, nothing_waits, unsent_of

DROP = "drop"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(None)
def unsent(request: StaffRequest) -> HttpResponse:
    """Show it as it was typed. Nothing is done before its own button is pressed."""
    browser = browser_of(request)
    if request.method == "POST":
        if browser is not None and drop_unsent(browser, request.POST.get(DROP, "")):
            messages.success(request, _("It is dropped."))
        return redirect("desk:unsent")
    at = now()
    kept = unsent_of(browser, request.user, at=at)
    context = {
        "title": _("Typed and not sent"),
        "unsent": [_shown(request, one, at) for one in kept],
        "again": AGAIN,
        "drop": DROP,
        "has_unsent": False,
    }
    response = page(request, "desk/unsent.html", context)
    if not kept:
        nothing_waits(response)
    return response


def _shown(request: HttpRequest, one: Unsent, at: datetime) -> dict[str, Any]:
    typed = one.typed
    path, _mark, query = typed.address.partition("?")
    try:
        match = resolve(path)
        words = _words_of_page(request, path, query, match, typed)
        reference = str(match.kwargs.get("reference", ""))
    except Resolver404:
        words, reference = FormWords(), ""
    minutes = max(1, int((at - one.at).total_seconds() // 60))
    return {
        "number": one.pk,
        "title": words.title or typed.address,
        "reference": reference,
        "when": ngettext("%(minutes)s minute ago", "%(minutes)s minutes ago", minutes)
        % {"minutes": minutes},
        "facts": _facts(typed, words),
        "files": typed.files,
        "address": typed.address,
        "is_multipart": typed.is_multipart,
        "fields": [(name, value) for name, values in typed.fields for value in values],
    }


def _facts(typed: Typed, words: FormWords) -> list[Fact]:
    """What was typed, in the words of its form; by the names of the code where it has no page."""
    facts = []
    for name, values in typed.fields:
        if words.fields and name not in words.fields:
            continue  # Nobody typed it: it was hidden in the form.
        said = "\n".join(filter(None, (words.of_value(name, value) for value in values)))
        if said:
            facts.append(Fact(name=words.fields.get(name) or name, value=said))
    return facts


def _words_of_page(
    request: HttpRequest, path: str, query: str, match: ResolverMatch, typed: Typed
) -> FormWords:
    """The words of the form that was filled in: its page is asked for as this viewer sees it."""
    asked: Any = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked.POST, asked.resolver_match = QueryDict(query), QueryDict(), match
    asked.META = {**request.META, "REQUEST_METHOD": "GET", "QUERY_STRING": query}
    asked._messages = []  # What is to be told is told on the page itself.
    response = match.func(asked, *match.args, **match.kwargs)
    if response.status_code != 200 or response.streaming:
        return FormWords()
    return words_of_form(response.content.decode(), [name for name, _values in typed.fields])
