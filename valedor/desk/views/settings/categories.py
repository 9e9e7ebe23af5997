"""The dated tree of subjects of one entity."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.forms import DayInput
from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.foundation.moments import local_day, now
from valedor.people.models import Entity, Team
from valedor.people.permissions import Permission
from valedor.procedures.actions.categories import CategoryFields, add_category, change_category
from valedor.procedures.models import Category
from valedor.procedures.vocabulary_tables import vocabulary

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

PAGE = 100


class CategoryForm(WordsForm):
    """A subject; its key and place only while it is new."""

    def __init__(
        self, *args: Any, entity: Entity, category: Category | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entity = entity
        if category is None:
            self._add_place()
        self.add_words(
            "name", _("Name"), category.name if category else None, spoken=entity.languages
        )
        areas = entity.areas.filter(ended_at=None)
        teams = entity.teams.filter(is_active=True).exclude(
            purpose__in=[Team.Purpose.OMBUDSMAN, Team.Purpose.AREA]
        )
        self.fields["area"] = forms.ChoiceField(
            label=_("Area concerned"),
            choices=[("", _("none")), *((area.key, str(area.name)) for area in areas)],
            initial=category.area.key if category and category.area else "",
            required=False,
        )
        self.fields["team"] = forms.ChoiceField(
            label=_("Team that receives it"),
            choices=[("", _("the one above it")), *((team.key, str(team.name)) for team in teams)],
            initial=category.team.key if category and category.team else "",
            required=False,
        )
        self.fields["facts"] = forms.MultipleChoiceField(
            label=_("Choosing it answers yes to"),
            choices=[
                (key, str(word))
                for key, word in vocabulary("facts").items()
                if word.asked_of != "organisation"
            ],
            initial=[key for key, value in (category.facts if category else {}).items() if value],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["is_public"] = forms.BooleanField(
            label=_("Complainants may choose it"),
            initial=category is None or category.is_public,
            required=False,
        )
        self.fields["valid_from"] = forms.DateField(
            label=_("First day"),
            initial=category.valid_from if category else local_day(now(), self.entity.timezone),
            widget=DayInput,
        )
        self.fields["valid_until"] = forms.DateField(
            label=_("Last day"),
            initial=category.valid_until if category else None,
            widget=DayInput,
            required=False,
        )

    def _add_place(self) -> None:
        self.fields["key"] = forms.CharField(
            label=_("Key"),
            max_length=120,
            help_text=_("Small letters, hyphens, slashes: billing/charged-twice"),
        )
        above = self.entity.categories.filter(valid_until=None, is_public=True).order_by("key")
        self.fields["parent"] = forms.ChoiceField(
            label=_("Below"),
            choices=[("", _("the top")), *((one.key, str(one.name)) for one in above)],
            required=False,
        )

    def said(self, before: Category | None = None) -> CategoryFields:
        """What the action is told; answers of “no” that a file set stay."""
        data = self.cleaned_data
        kept = {key: value for key, value in (before.facts if before else {}).items() if not value}
        return {
            "name": self.words("name"),
            "facts": {**kept, **dict.fromkeys(data["facts"], True)},
            "area": self.entity.areas.filter(key=data["area"]).first(),
            "team": self.entity.teams.filter(key=data["team"]).first(),
            "is_public": data["is_public"],
            "valid_from": data["valid_from"],
            "valid_until": data["valid_until"],
        }


@require_safe
@staff_page(Permission.CONFIGURE)
def categories(request: StaffRequest, key: str) -> HttpResponse:
    """The tree, a line a subject, in the order of their keys."""
    entity = entity_or_404(key)
    found = entity.categories.select_related("area", "team").order_by("key")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        ListRow(
            url=reverse("desk:settings:category", args=[key, category.pk]),
            cells=[
                str(category.name),
                category.key,
                str(category.area.name) if category.area else "",
                _days(category),
            ],
            tag="" if category.is_public else _("not offered to complainants"),
        )
        for category in page
    ]
    table = Listing(
        columns=[pgettext("of a case", "Subject"), _("Key"), _("Area"), _("Days")],
        rows=rows,
        empty=_("No category yet"),
        empty_words=_("Without one, every case is of no subject: add the first."),
    )
    here = reverse("desk:settings:categories", args=[key])
    more = {
        "pager": {
            "previous": f"{here}?page={page.previous_page_number()}" if page.has_previous() else "",
            "next": f"{here}?page={page.next_page_number()}" if page.has_next() else "",
            "is_needed": page.has_other_pages(),
        }
    }
    return listing(
        request, "desk:settings:categories", entity.name, table, entity=entity, more=more,
        add_url=reverse("desk:settings:category_new", args=[key]), add=_("Add a category"),
    )  # fmt: skip


def _days(category: Category) -> str:
    begins = date_format(category.valid_from, "SHORT_DATE_FORMAT")
    if category.valid_until is None:
        return _("from %(day)s") % {"day": begins}
    ends = date_format(category.valid_until, "SHORT_DATE_FORMAT")
    return _("%(first)s to %(last)s") % {"first": begins, "last": ends}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def category_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new subject."""
    entity = entity_or_404(key)
    form = CategoryForm(request.POST or None, entity=entity)
    to = reverse("desk:settings:categories", args=[key])

    def add(at: Any) -> object:
        data = form.cleaned_data
        parent = entity.categories.filter(key=data["parent"]).first()
        return add_category(
            entity, data["key"], parent=parent, **form.said(), by=request.user, at=at
        )

    done = save(request, form, add, to)
    return done or form_page(
        request, "desk:settings:categories", _("Add a category"), form, entity=entity, cancel_url=to
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def category(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """One subject."""
    entity = entity_or_404(key)
    found = entity.categories.select_related("area", "team").filter(pk=pk).first()
    if found is None:
        raise Http404
    form = CategoryForm(request.POST or None, entity=entity, category=found)
    to = reverse("desk:settings:categories", args=[key])
    done = save(
        request,
        form,
        lambda at: change_category(found, **form.said(found), by=request.user, at=at),
        to,
    )
    return done or form_page(
        request, "desk:settings:categories", str(found.name), form, entity=entity, cancel_url=to,
        lede=_("To take it out of use, give it a last day. Cases that have it keep it."),
    )  # fmt: skip
