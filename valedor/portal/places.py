"""The entity that a public page is of, and what every public page shows."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from valedor.foundation.language import fall_back_to
from valedor.portal.framing import frame_of
from valedor.procedures.house_rules import HouseRules, house_rules, last_known

_HOUSE = """
    SELECT entity.id, configuration.number
    FROM people_entity AS entity, people_configuration AS configuration WHERE entity.key = %s
"""


def house_of(request: HttpRequest, entity_key: str) -> HouseRules:
    """The entity of an address, as it is set up now. From here on the page speaks its language.

    One query, since its settings are kept while they stay the same. Raises ``Http404``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOUSE, [entity_key])
        found = cursor.fetchone()
    if found is None:
        raise Http404
    house = house_rules(*found)
    fall_back_to(request, house.entity.default_language)
    return house


def last_seen(request: HttpRequest, entity_key: str) -> HouseRules:
    """The same as this process saw it last, without a query. Raises ``Http404``."""
    house = last_known(entity_key)
    if house is None:
        return house_of(request, entity_key)
    fall_back_to(request, house.entity.default_language)
    return house


def page(
    request: HttpRequest,
    template: str,
    house: HouseRules,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A public page of an entity. It is never kept by anybody in between."""
    entity = house.entity
    response = render(
        request,
        f"portal/{template}",
        {
            "entity": entity,
            "brand_name": entity.name,
            "brand_url": reverse("portal:entity", args=[entity.key]),
            **frame_of(request, entity),
            **(context or {}),
        },
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response
