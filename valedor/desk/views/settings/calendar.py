"""Internal targets and closed days of one entity."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from valedor.clocks.limits import Unit
from valedor.design.forms import DayInput
from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.people.actions.closures import add_closure, withdraw_closure
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.actions.targets import end_target, set_target
from valedor.procedures.explanation import length_in_words
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.telling import spoken

from .shell import do, entity_or_404, form_page, save

UNITS = {
    Unit.MINUTES: gettext_lazy("minutes"),
    Unit.HOURS: gettext_lazy("hours"),
    Unit.CALENDAR_DAYS: gettext_lazy("calendar days"),
    Unit.BUSINESS_DAYS: gettext_lazy("business days"),
    Unit.MONTHS: gettext_lazy("months"),
}


def _in_words(table: str) -> list[tuple[str, str]]:
    return [(key, str(word)) for key, word in vocabulary(table).items()]


class TargetForm(WordsForm):
    """A promise of the entity's own."""

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meets"] = forms.ChoiceField(label=_("Which duty"), choices=_in_words("duties"))
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=_("For which kinds of contact; none means all"),
            choices=_in_words("kinds"),
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
        )
        self.fields["length"] = forms.IntegerField(label=_("Within"), min_value=1)
        self.fields["unit"] = forms.ChoiceField(
            label=_("Counted in"), choices=[(unit.value, words) for unit, words in UNITS.items()]
        )
        self.fields["is_public"] = forms.BooleanField(label=_("Tell complainants"), required=False)
        self.add_words("name", _("Name"), spoken=entity.languages)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def targets(request: StaffRequest, key: str) -> HttpResponse:
    """The targets, and one more: stricter than the law, or refused."""
    entity = entity_or_404(key)
    form = TargetForm(request.POST or None, entity=entity)
    here = reverse("desk:settings:targets", args=[key])

    def set_it(at: Any) -> object:
        said = form.cleaned_data
        return set_target(
            entity,
            said["meets"],
            name=form.words("name"),
            length=said["length"],
            unit=said["unit"],
            kinds=said["kinds"],
            is_public=said["is_public"],
            by=request.user,
            at=at,
        )

    done = save(request, form, set_it, here)
    rows = [
        {
            "cells": [
                str(target.name),
                str(vocabulary("duties")[target.meets]),
                length_in_words(target.length, target.unit),
                ", ".join(str(vocabulary("kinds")[kind]) for kind in target.kinds) or _("all"),
            ],
            "act_url": reverse("desk:settings:target_end", args=[key, target.pk]),
            "act": _("End"),
        }
        for target in entity.targets.filter(ended_at=None).order_by("meets", "pk")
    ]
    more = {
        "rows": rows,
        "columns": [_("Name"), _("Duty"), _("Within"), _("Kinds")],
        "empty": _("No target yet"),
        "empty_words": _("The law's limits hold. Set one here to promise more than the law asks."),
        "form_title": _("Set a target"),
    }
    return done or form_page(
        request,
        "desk:settings:targets",
        entity.name,
        form,
        entity=entity,
        submit=_("Set the target"),
        template="desk/settings/rows_and_form.html",
        more=more,
        lede=_("A target may be stricter than the law, never laxer. It holds for cases to come."),
    )


@require_POST
@staff_page(Permission.CONFIGURE)
def target_end(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """Give a target up."""
    target = entity_or_404(key).targets.filter(pk=pk).first()
    if target is None:
        raise Http404
    return do(
        request,
        lambda at: end_target(target, by=request.user, at=at),
        reverse("desk:settings:targets", args=[key]),
    )


class ClosureForm(WordsForm):
    """A day on which the offices are shut."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("name", _("Why"), spoken=entity.languages)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def closures(request: StaffRequest, key: str) -> HttpResponse:
    """The closed days, and one more."""
    entity = entity_or_404(key)
    form = ClosureForm(request.POST or None, entity=entity)
    done = save(
        request,
        form,
        lambda at: add_closure(
            entity, form.cleaned_data["on"], name=form.words("name"), by=request.user, at=at
        ),
        reverse("desk:settings:closures", args=[key]),
    )
    rows = [
        {
            "cells": [spoken.day(closure.on), str(closure.name)],
            "act_url": reverse("desk:settings:closure_withdraw", args=[key, closure.pk]),
            "act": _("Withdraw"),
        }
        for closure in entity.closures.filter(withdrawn_at=None).order_by("on")
    ]
    more = {
        "rows": rows,
        "columns": [_("Day"), _("Why")],
        "empty": _("No closed day yet"),
        "empty_words": _("Public holidays are known. Add local or own days on which nobody works."),
        "form_title": _("Add a closed day"),
    }
    return done or form_page(
        request,
        "desk:settings:closures",
        entity.name,
        form,
        entity=entity,
        submit=_("Add the day"),
        template="desk/settings/rows_and_form.html",
        more=more,
        lede=_("Limits of the house's own skip these days; the law's limits do not."),
    )


@require_POST
@staff_page(Permission.CONFIGURE)
def closure_withdraw(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """Say that the offices are open after all."""
    closure = entity_or_404(key).closures.filter(pk=pk).first()
    if closure is None:
        raise Http404
    return do(
        request,
        lambda at: withdraw_closure(closure, by=request.user, at=at),
        reverse("desk:settings:closures", args=[key]),
    )
