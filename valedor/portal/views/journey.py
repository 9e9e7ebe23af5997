"""The page of a case: the way with its dates, the messages, and what the person can do."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from valedor.portal import places
from valedor.portal.case_page import case_page
from valedor.portal.inside import Inside, inside, office_too
from valedor.portal.office_page import file_page
from valedor.portal.standing import READ, let_in_too
from valedor.portal.views.letting_in import by_link


@login_not_required
@require_safe
def case(request: HttpRequest, entity_key: str, reference: str) -> HttpResponse | FileResponse:
    """The journey. With ``?link=`` it lets in whoever holds a mailed link."""
    signed = request.GET.get("link")
    if signed is not None:
        return by_link(request, places.house_of(request, entity_key), reference, signed)
    return _case(request, entity_key, reference)


@inside
@office_too
@let_in_too(READ, opens="page")
def _case(place: Inside) -> HttpResponse:
    if place.case.is_of_the_office:
        context = file_page(place)
        return places.page(place.request, "office_file.html", place.house, context)
    return places.page(place.request, "case.html", place.house, case_page(place))


@require_safe
@inside
@let_in_too(READ, opens="print")
def print_all(place: Inside) -> HttpResponse:
    """Everything on one page, for paper."""
    return places.page(place.request, "print.html", place.house, case_page(place))
