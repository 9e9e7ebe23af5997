"""People under more than one record: they are one, or two after all."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts import persons as reading
from valedor.acts.desk import Desk
from valedor.acts.desk import people as acts
from valedor.acts.persons import Known
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import do, save
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import refuse_if
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:persons"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CORRECT, Permission.AUDIT)
def persons(request: StaffRequest) -> HttpResponse:
    """Find somebody; say that two records are one person."""
    typed = request.GET.get("q", "")[:200].replace("\0", "").strip()
    known = reading.known_as(request.viewer, typed)
    desk = Desk(request.viewer, now())
    data = request.POST if request.method == "POST" else None
    form = acts.MergeForm(desk, data, found=known)
    done = save(
        request,
        form,
        lambda at: acts.do_merge(replace(desk, at=at), form.cleaned_data),
        _address(typed),
    )
    if done is not None:
        return done
    may = request.viewer.may(Permission.CORRECT)
    context = {
        "title": _("People with several records"),
        "typed": typed,
        "records": [_record(one) for one in known],
        "form": form if may and len(form.people) > 1 else None,
        "may": may,
        "doubles": [] if typed else _doubles(request),
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "desk/persons.html", context, status=status, place=PLACE)


@require_POST
@staff_page(Permission.CORRECT, Permission.AUDIT)
def parting(request: StaffRequest, merge_id: int) -> HttpResponse:
    """They are two people after all."""
    desk = Desk(request.viewer, now(), str(merge_id))
    refuse_if(acts.why_not_part(desk))
    again = _address(request.POST.get("q", ""))
    return do(request, lambda at: acts.do_part(replace(desk, at=at), {}), again)


def _address(typed: str) -> str:
    query = urlencode({"q": typed[:200]}) if typed else ""
    return f"{reverse('desk:persons')}?{query}" if query else reverse("desk:persons")


def _record(one: Known) -> dict[str, Any]:
    merge = one.counts_as
    return {
        "number": one.person.pk,
        "name": one.person.name or _("Without a name"),
        "url": reverse("desk:person", args=[one.person.pk]),
        "facts": facts_of(one),
        "cases": [
            {
                "url": reverse("desk:case", args=[case.reference]),
                "reference": case.reference,
                "subject": case.subject,
                "entity": case.entity.name,
            }
            for case in one.cases
        ],
        "merge": merge,
        "since": spoken.short_day(local_day(merge.at, _zone(one))) if merge else "",
        "part_url": reverse("desk:person_parting", args=[merge.pk]) if merge else "",
        "absorbs": len(one.absorbs),
    }


def facts_of(one: Known) -> list[Fact]:
    """What tells people apart."""
    names = {
        ContactPoint.Kind.EMAIL: _("E-mail"),
        ContactPoint.Kind.TELEPHONE: _("Telephone"),
        ContactPoint.Kind.POST: _("Address"),
    }
    facts = [
        *((names[ContactPoint.Kind(point.kind)], point.value) for point in one.points),
        (_("Identity number"), one.person.identity_number),
        (_("Place"), one.person.place),
        (_("Known since"), spoken.short_day(local_day(one.person.created_at, _zone(one)))),
    ]
    return [Fact(name=name, value=value) for name, value in facts if value]


def _zone(one: Known) -> str:
    """That of whoever dealt with them; a person belongs to no place."""
    return one.cases[0].entity.timezone if one.cases else "UTC"


def _doubles(request: StaffRequest) -> list[dict[str, str]]:
    return [
        {
            "names": " · ".join(one.person.name or _("Without a name") for one in group),
            "url": _address(group[0].cases[0].reference),
        }
        for group in reading.probable_doubles(request.viewer)
    ]
