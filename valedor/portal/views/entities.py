"""Who can be complained to, and how: nothing here needs a name or a code."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from valedor.bookings.queries import services_of
from valedor.channels.chat import presence
from valedor.channels.telephone import asking
from valedor.channels.web_form.questions import public_categories
from valedor.foundation.moments import now
from valedor.orders.queries import products_of
from valedor.people.queries import every_entity
from valedor.portal import known as helping
from valedor.portal import ladder, places, told
from valedor.portal.answering import answered_until
from valedor.review.office.queries import office_of
from valedor.telling import spoken


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The entities of the organisation; straight to it where there is one."""
    entities = every_entity()
    if len(entities) == 1:
        return redirect("portal:entity", entity_key=entities[0].key)
    return render(request, "portal/home.html", {"entities": entities})


@login_not_required
@require_safe
def entity(request: HttpRequest, entity_key: str) -> HttpResponse:
    """How to complain: who we are, by which ways, until when we answer, and who comes after us."""
    house, at = places.house_of(request, entity_key), now()
    matters = public_categories(house, spoken.local_day(at, house.entity.timezone))
    has_chat = presence.desk_of(house) is not None
    answered, sooner = answered_until(house, at=at, matters=matters)
    return places.page(
        request,
        "entity.html",
        house,
        {
            "can_book": bool(services_of(house)),
            "can_order": bool(products_of(house)),
            "notices": told.before_writing(house, at=at),
            "has_chat": has_chat,
            "calls_back": asking.line_of_house(house) is not None,
            "is_attended": has_chat and presence.is_attended(house.entity.pk, at=at),
            "has_articles": helping.has_articles(house, at),
            "answered": answered,
            "sooner": sooner,
            "today": spoken.day(spoken.local_day(at, house.entity.timezone), with_weekday=True),
            "opening_hours": str(house.entity.opening_hours or ""),
            "ladder": ladder.ladder_of(house),
            "office": str(office_of(house, at=at) or ""),
        },
    )


@login_not_required
@require_safe
def notices(request: HttpRequest, entity_key: str) -> HttpResponse:
    """What befalls many at once: all that was told of it, the latest first."""
    house = places.house_of(request, entity_key)
    return places.page(
        request, "notices.html", house, {"notices": told.all_notices(house, at=now())}
    )


@login_not_required
@require_safe
def privacy(request: HttpRequest, entity_key: str) -> HttpResponse:
    """The privacy notice in force, under its number."""
    house = places.house_of(request, entity_key)
    notice = house.privacy_notice
    return places.page(
        request,
        "privacy.html",
        house,
        {
            "notice": notice,
            "text": str(notice.text) if notice else "",
            "since": spoken.day(spoken.local_day(notice.published_at, house.entity.timezone))
            if notice
            else "",
        },
    )


@login_not_required
@require_safe
def accessibility(request: HttpRequest, entity_key: str) -> HttpResponse:
    """What was checked, what may still be hard to use, and whom to tell."""
    return places.page(request, "accessibility.html", places.house_of(request, entity_key))
