"""The public calculator: any clock of any regime, counted day by day."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from valedor.foundation.moments import now
from valedor.portal.calculator import calculation_of


@login_not_required
@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """A form that asks by its address, so that an answer can be kept, sent and printed."""
    return render(request, "portal/deadline.html", calculation_of(request.GET, at=now()))
