"""The sheets of guidance: read, and for whoever leads or administers, written anew."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.forms.guidance import KeepForm, SheetForm
from valedor.acts.reading.knowledge import entities_read_by, entities_written_by
from valedor.desk.guiding import drawn
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import save
from valedor.foundation.moments import now
from valedor.foundation.refusals import refuse_if
from valedor.knowledge.actions.keep_impressions import keep_impressions
from valedor.knowledge.actions.publish_sheet import publish_sheet
from valedor.knowledge.impressions import days_kept
from valedor.knowledge.rules import why_not_edit
from valedor.knowledge.sheets import (
    CATEGORY,
    PARTS,
    Sheet,
    about,
    categories_of,
    sheet_of,
    sheets_of,
    shipped_keys,
    versions_of,
)
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .shell import PLACE, READS, tabs_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*READS)
def guidance(request: StaffRequest) -> HttpResponse:
    """Every sheet of an entity, and for how long it keeps impressions."""
    at = now()
    entities = entities_read_by(request.viewer)
    asked = request.GET.get("entity", "")
    entity = next((one for one in entities if one.key == asked or not asked), None)
    if entity is None and (asked or entities):
        raise Http404
    address = reverse("desk:guidance")
    form, may_write = None, False
    if entity is not None:
        here = entity
        may_write = here in entities_written_by(request.viewer)
        if request.method == "POST" and not may_write:
            refuse_if(why_not_edit(by=request.user, roles=(), led=(), entities={here.pk}))
        form = KeepForm(request.POST or None, initial={"days": days_kept(here.pk)})
        done = save(
            request,
            form,
            lambda at: keep_impressions(
                here, days=form.cleaned_data["days"], by=request.user, at=at
            ),
            f"{address}?entity={here.key}",
        )
        if done is not None:
            return done
    context = {
        "title": _("What we know"),
        "tabs": tabs_of(request.viewer, "guidance", at),
        "entity": entity,
        "entities": [
            {"url": f"{address}?entity={one.key}", "name": one.name, "is_now": one == entity}
            for one in entities
        ],
        "groups": _groups(entity, may_write=may_write) if entity else [],
        "form": form if may_write else None,
    }
    status = 422 if form is not None and form.errors else 200
    return page(request, "desk/knowledge/guidance.html", context, status=status, place=PLACE)


def _groups(entity: Entity, *, may_write: bool) -> list[dict[str, Any]]:
    names = {
        "speech": pgettext("guidance", "How we speak"),
        "manner": pgettext("guidance", "How somebody comes across"),
        "kind": pgettext("guidance", "By kind of contact"),
        CATEGORY: pgettext("guidance", "By subject"),
    }
    keys = [*shipped_keys(), *(f"{CATEGORY}-{one.key}" for one in categories_of(entity))]
    found = sheets_of(entity, keys)
    groups = []
    for what, name in names.items():
        rows = [
            drawn(found[key], entity)
            for key in keys
            if about(key).what == what and key in found and (found[key].brief or may_write)
        ]
        if rows:
            groups.append({"key": what, "name": name, "rows": rows})
    return groups


@require_safe
@staff_page(*READS)
def sheet(request: StaffRequest, entity_key: str, sheet_key: str) -> HttpResponse:
    """One sheet in full, and for its writers every wording there was."""
    entity, found = _sheet(request, entity_key, sheet_key)
    may_write = entity in entities_written_by(request.viewer)
    house = _("the configuration file")
    context = {
        "title": found.title,
        "entity": entity,
        "sheet": drawn(found, entity),
        "edit_url": reverse("desk:sheet_edit", args=[entity.key, found.key]) if may_write else "",
        "versions": [
            _("Version %(number)s, published on %(when)s by %(name)s")
            % {
                "number": one.number,
                "when": spoken.stamp(one.published_at, entity.timezone),
                "name": one.published_by.name if one.published_by else house,
            }
            for one in (versions_of(entity, found.key) if may_write else [])
        ],
    }
    return page(request, "desk/knowledge/sheet.html", context, place=PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.EDIT_KNOWLEDGE)
def sheet_edit(request: StaffRequest, entity_key: str, sheet_key: str) -> HttpResponse:
    """The entity's own wording: what is saved is shown at once."""
    entity, found = _sheet(request, entity_key, sheet_key)
    if entity not in entities_written_by(request.viewer):
        raise Http404
    form = SheetForm(request.POST or None, sheet=found, spoken=entity.languages)
    back = reverse("desk:sheet", args=[entity.key, found.key])
    done = save(
        request,
        form,
        lambda at: publish_sheet(
            entity,
            found.key,
            by=request.user,
            at=at,
            **{part: form.words(part) for part in PARTS},
        ),
        back,
    )
    if done is not None:
        return done
    context = {"title": found.title, "form": form, "cancel_url": back, "entity": entity}
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "desk/knowledge/sheet_edit.html", context, status=status, place=PLACE)


def _sheet(request: StaffRequest, entity_key: str, sheet_key: str) -> tuple[Entity, Sheet]:
    for entity in entities_read_by(request.viewer):
        if entity.key == entity_key:
            found = sheet_of(entity, sheet_key)
            if found is not None:
                return entity, found
    raise Http404
