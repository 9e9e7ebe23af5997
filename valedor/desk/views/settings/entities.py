"""Legal entities, what is said of them, and the rules they follow."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.people.actions.entities import EntityFields, add_entity, change_entity
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.people.queries import every_entity
from valedor.people.rules import LONGEST_HELD, LONGEST_REACTION, SHORTEST_REACTION
from valedor.procedures.actions.adopt_regimes import adopt_regimes
from valedor.procedures.catalogue import catalogue
from valedor.procedures.vocabulary_tables import vocabulary

from .shell import (
    Listing,
    ListRow,
    entity_or_404,
    form_page,
    languages_field,
    listing,
    save,
)


class EntityForm(WordsForm):
    """What is said of an entity; the key only while it is new."""

    key = forms.CharField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Part of its address, for good: small letters and hyphens."),
        max_length=40,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    sector = forms.CharField(label=gettext_lazy("Trade"), max_length=60, required=False)
    trade_answer_hours = forms.TypedChoiceField(
        label=gettext_lazy("First answer where nothing stricter binds"),
        choices=[(24, gettext_lazy("within 24 hours")), (48, gettext_lazy("within 48 hours"))],
        coerce=int,
        initial=48,
    )
    days_to_react = forms.IntegerField(
        label=gettext_lazy("Days a person has to disagree with an answer"),
        help_text=gettext_lazy("No case is closed without their word before these are over."),
        min_value=SHORTEST_REACTION,
        max_value=LONGEST_REACTION,
        initial=10,
    )
    seconds_to_take_back = forms.IntegerField(
        label=gettext_lazy("Seconds in which an answer can be taken back"),
        help_text=gettext_lazy("It leaves after them; 0 sends it at once."),
        min_value=0,
        max_value=LONGEST_HELD,
        initial=0,
    )
    country = forms.CharField(
        label=gettext_lazy("Country"), help_text=gettext_lazy("Two letters: ES"), max_length=2
    )
    region = forms.CharField(
        label=gettext_lazy("Region of its working calendar"),
        help_text=gettext_lazy("Such as ES-CT. Without one, the country's."),
        max_length=20,
        required=False,
    )
    timezone = forms.CharField(
        label=gettext_lazy("Time zone in which its days end"),
        help_text=gettext_lazy("Such as Europe/Madrid. Without one, the region's."),
        max_length=50,
        required=False,
    )
    languages = languages_field(gettext_lazy("Languages"))
    default_language = forms.ChoiceField(
        label=gettext_lazy("Default language"), choices=list(settings.LANGUAGES)
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    privacy_contact = forms.CharField(
        label=gettext_lazy("Contact for personal data"), max_length=200, required=False
    )

    def __init__(self, *args: Any, entity: Entity | None = None, **kwargs: Any) -> None:
        if entity is not None:
            kwargs["initial"] = {name: getattr(entity, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if entity is not None:
            del self.fields["key"]
        self.add_words(
            "opening_hours", _("Opening hours"), entity.opening_hours if entity else None
        )

    def said(self) -> EntityFields:
        """What an action is told."""
        fields: Any = {
            name: self.cleaned_data[name]
            for name in EntityFields.__annotations__
            if name in self.cleaned_data
        }
        fields["country"] = fields["country"].upper()
        fields["region"] = (fields["region"] or fields["country"]).upper()
        if not fields["timezone"]:
            del fields["timezone"]
        fields["postal_address"] = fields["postal_address"].replace("\r\n", "\n")
        fields["opening_hours"] = self.words("opening_hours")
        said: EntityFields = fields
        return said


@require_safe
@staff_page(Permission.CONFIGURE)
def entities(request: StaffRequest) -> HttpResponse:
    """Every entity."""
    rows = [
        ListRow(
            url=reverse("desk:settings:entity", args=[entity.key]),
            cells=[entity.name, f"/{entity.key}/", entity.region, ", ".join(entity.regimes)],
        )
        for entity in every_entity()
    ]
    table = Listing(
        columns=[_("Name"), _("Address"), _("Region"), _("Rules followed")],
        rows=rows,
        empty=_("No entity yet"),
        empty_words=_("Nobody can complain before there is one: add the first."),
    )
    return listing(
        request,
        "desk:settings:entities",
        _("Legal entities"),
        table,
        add_url=reverse("desk:settings:entity_new"),
        add=_("Add an entity"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def entity_new(request: StaffRequest) -> HttpResponse:
    """A new entity."""
    form = EntityForm(request.POST or None)
    done = save(
        request,
        form,
        lambda at: add_entity(form.cleaned_data["key"], **form.said(), by=request.user, at=at),
        reverse("desk:settings:entities"),
    )
    return done or form_page(
        request,
        "desk:settings:entities",
        _("Add an entity"),
        form,
        cancel_url=reverse("desk:settings:entities"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def entity(request: StaffRequest, key: str) -> HttpResponse:
    """What is said of one entity."""
    found = entity_or_404(key)
    form = EntityForm(request.POST or None, entity=found)
    here = reverse("desk:settings:entity", args=[key])
    done = save(
        request,
        form,
        lambda at: change_entity(found, **form.said(), by=request.user, at=at),
        here,
    )
    return done or form_page(request, "desk:settings:entity", found.name, form, entity=found)


class RegimesForm(forms.Form):
    """Which rules hold, which are promised, what is true of the entity, how clocks are read."""

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        packs = [
            pack
            for pack in catalogue().packs()
            if pack.jurisdiction in {"*", "EU"} or pack.jurisdiction[:2] == entity.country
        ]
        choices = [(pack.key, f"{pack.titles} ({pack.key})") for pack in packs]
        self.fields["regimes"] = forms.MultipleChoiceField(
            label=_("Rules that the entity follows"),
            choices=choices,
            initial=entity.regimes,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["promised"] = forms.MultipleChoiceField(
            label=_("Followed before they bind, as a promise"),
            choices=[(pack.key, str(pack.titles)) for pack in packs if pack.binding_from],
            initial=entity.promised_regimes,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self._add_facts(entity)
        self._add_readings(entity)

    def _add_facts(self, entity: Entity) -> None:
        for name, word in vocabulary("facts").items():
            if word.asked_of != "organisation" or name not in _asked_by(entity):
                continue
            answer = entity.facts.get(name)
            self.fields[f"fact:{name}"] = forms.ChoiceField(
                label=str(word),
                choices=[("", _("not answered")), ("yes", _("yes")), ("no", _("no"))],
                initial="" if answer is None else ("yes" if answer else "no"),
                required=False,
            )

    def _add_readings(self, entity: Entity) -> None:
        for key in dict.fromkeys([*entity.regimes, *entity.promised_regimes]):
            for name, clock in catalogue().pack(key).clocks.items():
                if not clock.readings:
                    continue
                self.fields[f"reading:{key}/{name}"] = forms.ChoiceField(
                    label=_("How %(clock)s is read") % {"clock": f"{key}/{name}"},
                    choices=[
                        ("default", _("the reading that protects the person")),
                        *((other, str(reading)) for other, reading in clock.readings.items()),
                    ],
                    initial=entity.readings.get(f"{key}/{name}", "default"),
                )

    def said(self, entity: Entity) -> dict[str, Any]:
        """What the action is told; answers to questions not shown stay."""
        facts, readings = dict(entity.facts), dict(entity.readings)
        regimes, promised = self.cleaned_data["regimes"], self.cleaned_data["promised"]
        for name, value in self.cleaned_data.items():
            kind, _colon, word = name.partition(":")
            if kind == "fact":
                facts.pop(word, None)
                if value:
                    facts[word] = value == "yes"
            elif kind == "reading":
                readings.pop(word, None)
                if value != "default":
                    readings[word] = value
        followed = {*regimes, *promised}
        readings = {word: key for word, key in readings.items() if word.split("/")[0] in followed}
        return {"regimes": regimes, "promised": promised, "facts": facts, "readings": readings}


def _asked_by(entity: Entity) -> set[str]:
    asked: set[str] = set(entity.facts)
    for key in (*entity.regimes, *entity.promised_regimes):
        pack = catalogue().pack(key)
        asked |= set(pack.applies_when.facts)
        for clock in pack.clocks.values():
            asked |= set(clock.applies_when.facts)
    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def regimes(request: StaffRequest, key: str) -> HttpResponse:
    """The rules that one entity follows."""
    found = entity_or_404(key)
    form = RegimesForm(request.POST or None, entity=found)
    done = save(
        request,
        form,
        lambda at: adopt_regimes(found, **form.said(found), by=request.user, at=at),
        reverse("desk:settings:regimes", args=[key]),
    )
    return done or form_page(
        request,
        "desk:settings:regimes",
        found.name,
        form,
        entity=found,
        lede=_("Open cases keep the rules they came in under; new ones follow these."),
    )
