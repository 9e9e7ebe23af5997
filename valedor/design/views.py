"""The living page: each component in each state, light and dark side by side."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import examples


@login_not_required
@require_safe
def living_page(request: HttpRequest) -> HttpResponse:
    """Public: it holds examples only, and whoever translates it needs no account for that."""
    return render(
        request, "design/living_page.html", {"sides": examples.sides(), "glyphs": examples.GLYPHS}
    )
