"""Forms of the settings for bodies outside the house, and for what an entity has joined."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.bodies.models import Adhesion, Body
from valedor.bodies.rules import kinds_outside
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region
from valedor.design.forms import DayInput
from valedor.design.words_form import WordsForm
from valedor.people.models import Entity
from valedor.procedures.vocabulary_tables import vocabulary

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

_PLAIN = (
    "kind", "place", "municipality", "amount_from", "amount_until", "currency", "method", "costs",
    "binds", "address", "telephone", "email", "form_url", "valid_from", "valid_until", "source",
    "checked_on",
)  # fmt: skip
_WORDS = ("name", "decides", "how_to_file")
_LISTS = ("sectors", "languages")


def _words_of(table: str, keys: Sequence[str] | None = None) -> list[tuple[str, str]]:
    known = vocabulary(table)
    words = [(key, str(known[key])) for key in (keys or known)]
    return [(key, text[:1].upper() + text[1:]) for key, text in words]


def _amount(label: "StrOrPromise") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=12, decimal_places=2, min_value=0, required=False
    )


class BodyForm(WordsForm):
    """A version of a body; its key only while it is new, its first day only in a new version."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=gettext_lazy("What kind of body"))
    place = forms.CharField(
        label=gettext_lazy("Whom it serves"),
        max_length=20,
        help_text=gettext_lazy("A country or a region of it: ES, ES-CT, BR-RJ."),
    )
    municipality = forms.CharField(
        label=gettext_lazy("Town, if it serves the people of one town alone"),
        max_length=120,
        required=False,
    )
    sectors = forms.CharField(
        label=gettext_lazy("Trades it hears of"),
        required=False,
        help_text=gettext_lazy(
            "As entities name theirs, with blanks between; every trade if empty."
        ),
    )
    amount_from = _amount(gettext_lazy("From which amount"))
    amount_until = _amount(gettext_lazy("Up to which amount"))
    currency = forms.CharField(
        label=gettext_lazy("Currency"), max_length=3, required=False, help_text="EUR"
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How it works on a dispute"), choices=Body.Method.choices
    )
    costs = forms.ChoiceField(label=gettext_lazy("What going there costs"), required=False)
    binds = forms.ChoiceField(label=gettext_lazy("Whom its answer binds"), required=False)
    languages = forms.CharField(label=gettext_lazy("Languages"), required=False, help_text="ca es")
    address = forms.CharField(
        label=gettext_lazy("Address"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    form_url = forms.URLField(
        label=gettext_lazy("Page on which one files"),
        max_length=400,
        required=False,
        assume_scheme="https",
    )
    valid_from = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    valid_until = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput, required=False)
    source = forms.CharField(label=gettext_lazy("Where this was read"), max_length=400)
    checked_on = forms.DateField(label=gettext_lazy("Last checked on"), widget=DayInput)

    def __init__(
        self, *args: Any, body: Body | None = None, is_new: bool = False, **kwargs: Any
    ) -> None:
        if body is not None:
            kwargs["initial"] = {name: getattr(body, name) for name in _PLAIN} | {
                name: " ".join(getattr(body, name)) for name in _LISTS
            }
            if is_new:
                kwargs["initial"] |= {"valid_from": None, "valid_until": None, "checked_on": None}
        super().__init__(*args, **kwargs)
        as_kind = [("", _("As for its kind"))]
        for name, choices in (
            ("kind", _words_of("bodies", kinds_outside())),
            ("costs", [*as_kind, *_words_of("costs")]),
            ("binds", [*as_kind, *_words_of("bindings")]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name, label, rows in (
            ("name", _("Name"), 0),
            ("decides", _("What it can decide"), 2),
            ("how_to_file", _("How one turns to it"), 2),
        ):
            self.add_words(name, label, getattr(body, name) if body else None, rows=rows)
        if body is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=60, help_text=_("Small letters: omic-badalona")
            )
        elif not is_new:
            del self.fields["valid_from"]  # It stays: another first day is another version.

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        said = {name: self.cleaned_data[name] for name in _PLAIN if name in self.cleaned_data}
        said |= {name: self.words(name) for name in _WORDS}
        said |= {name: self.cleaned_data[name].replace(",", " ").split() for name in _LISTS}
        said["address"] = said["address"].replace("\r\n", "\n")
        said["place"] = said["place"].strip().upper()
        try:
            said["country"] = region(said["place"]).country
        except ClockRefused:
            said["country"] = ""  # The rule says which place is meant.
        return said


class LastDayForm(forms.Form):
    """On which day something ends, and why."""

    on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=400, required=False)


class AdhesionForm(WordsForm):
    """What an entity has joined; the body and the first day only while it is new."""

    use_required_attribute = False

    body = forms.ChoiceField(label=pgettext_lazy("office", "Body"))
    amount_until = _amount(gettext_lazy("Up to which amount"))
    currency = forms.CharField(
        label=gettext_lazy("Currency"), max_length=3, required=False, help_text="EUR"
    )
    valid_from = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy(
            "Leaving consumer arbitration in Spain takes effect a month after the notice."
        ),
    )

    def __init__(
        self,
        *args: Any,
        entity: Entity,
        bodies: Sequence[Body] = (),
        adhesion: Adhesion | None = None,
        **kwargs: Any,
    ) -> None:
        if adhesion is not None:
            names = ("amount_until", "currency", "valid_until")
            kwargs["initial"] = {name: getattr(adhesion, name) for name in names}
        super().__init__(*args, **kwargs)
        if adhesion is not None:
            del self.fields["body"], self.fields["valid_from"]
        else:
            choices = [(one.key, str(one.name)) for one in bodies]
            self.fields["body"].choices = choices  # type: ignore[attr-defined]
        self.add_words(
            "subjects",
            _("Which matters it accepted; all of them if empty"),
            adhesion.subjects if adhesion else None,
            spoken=entity.languages,
        )

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        names = ("amount_until", "currency", "valid_until")
        return {name: self.cleaned_data[name] for name in names} | {
            "subjects": self.words("subjects")
        }
