"""The way up: every door beyond the answer, for this case on this day."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from valedor.bodies.finding import valid_on
from valedor.bodies.queries import bodies_of
from valedor.foundation.money import currency_of
from valedor.handling.who_hears import dispute_of
from valedor.portal import places, queries
from valedor.portal.further import doors_of
from valedor.portal.further_form import WhoHearsForm
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.standing import READ, let_in_too
from valedor.telling import spoken


@require_safe
@inside
@let_in_too(READ)
def further(place: Inside) -> HttpResponse:
    """The doors. ``?town=`` and ``?amount=`` ask for those of another town, or of an amount."""
    house, asked = place.house, place.request.GET
    file, currency = queries.file_of(place.case), currency_of(house.entity.country)
    form = WhoHearsForm(
        asked if asked.keys() & {"town", "amount"} else None,
        towns=_towns(place),
        currency=currency,
    )
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    dispute = dispute_of(house, place.case.complainant_id, town=said.get("town", ""))
    if said.get("amount") is not None:
        dispute = replace(dispute, amount=said["amount"], currency=currency)
    context = {
        "case": place.case,
        **doors_of(place, file, dispute),
        "form": form if bodies_of(house) else None,
        "back_url": page_of_case(place),
        "turned_to_url": reverse("portal:turned_to", args=place.links),
    }
    return places.page(place.request, "further.html", house, context)


def _towns(place: Inside) -> list[str]:
    """The towns with a body of their own, to choose among."""
    on = spoken.local_day(place.at, place.house.entity.timezone)
    there = valid_on(on, bodies_of(place.house))
    return sorted({body.municipality for body in there if body.municipality})
