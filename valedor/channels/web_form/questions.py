"""The questions of the public form, in plain words. Everything that is optional says so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Kind
from valedor.channels.sms.carrier import sending_gateway
from valedor.channels.sms.numbers import takes_messages
from valedor.channels.web_form import asking
from valedor.design.forms import ChoiceCards, DayInput, FilesInput
from valedor.intake.kind_forms import CARE, FILES, FORMS, MANDATE, OFFERED
from valedor.intake.rules import why_not_mandate
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category

MOST_POINTS = 30
LONGEST_TEXT = 100_000
LONGEST_POINT = 5_000

KINDS = [(kind, FORMS[kind].wish) for kind in OFFERED]
HELPS = {kind: FORMS[kind].wish_help for kind in OFFERED}
# What the page folds away by itself: the points, the files and whom one writes for, as groups.
_IN_GROUPS = FILES | MANDATE | CARE
ANSWER_CHANNELS = [
    (Case.Channel.EMAIL, _("By e-mail")),
    (Case.Channel.LETTER, _("By letter")),
]
WAYS_BACK = {
    Case.Channel.EMAIL.value: (
        "email", _("Write your e-mail, or choose to be answered by letter."),
    ),
    Case.Channel.LETTER.value: (
        "postal_address", _("Write your postal address, or choose to be answered by e-mail."),
    ),
    Case.Channel.SMS.value: (
        "telephone", _("Write your mobile number, or choose to be answered in another way."),
    ),
}  # fmt: skip
TROUBLES = {
    "null": _(
        "This text held characters that cannot be kept, and they were taken out. "
        "Check it and send it again."
    ),
    "encoding": _(
        "This text came in an encoding we do not know. Check its accents and send it again."
    ),
    "enormous": _("This text is too long to be kept whole. Shorten it, or add the rest as a file."),
}
OTHER = "other"
YES_NO = [("", _("I do not know")), ("yes", _("Yes")), ("no", _("No"))]


class _MatterField(forms.ChoiceField):
    """What it is about. Something else is understood even where the house has a matter for it."""

    def valid_value(self, value: Any) -> bool:
        return str(value) == OTHER or super().valid_value(value)


class ComplaintForm(forms.Form):
    """What the form asks. ``points`` are the grievances, each decided on its own."""

    kind = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=KINDS,
        widget=ChoiceCards(helps={str(kind): words for kind, words in HELPS.items()}),
        error_messages={
            "required": _("Choose what you would like to do."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    category = forms.ChoiceField(label=_("What is it about?"), required=False)
    narrative = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "In your own words. Dates, amounts and names help. "
            "Leave out passwords and card numbers."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_TEXT,
        error_messages={
            "required": _("Tell us what happened: a sentence is enough."),
            "max_length": _(
                "This text has %(show_value)d characters; we can take %(limit_value)d. "
                "Shorten it, or add the rest as a file."
            ),
        },
    )
    remedy_sought = forms.CharField(
        label=_("What would put it right?"),
        help_text=_("For example: a refund of 84.20, a repair, an explanation."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contract_number = forms.CharField(
        label=_("Contract or customer number"),
        help_text=_("It is on your bill."),
        required=False,
        max_length=80,
    )
    touches_safety = forms.BooleanField(
        label=_("Somebody is or may be in danger."),
        required=False,
    )
    file = forms.FileField(label=_("Files"), required=False, widget=FilesInput())

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Write your name, so that we know whom we answer.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    answer_channel = forms.ChoiceField(
        label=_("How shall we answer you?"),
        choices=ANSWER_CHANNELS,
        initial=Case.Channel.EMAIL,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": _("Choose how we shall answer you.")},
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    postal_address = forms.CharField(
        label=_("Postal address"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    represented_name = forms.CharField(
        label=_("Name of the person you write for"),
        help_text=_("A relative, a neighbour, a client, a company you work for."),
        required=False,
        max_length=200,
    )
    mandate_basis = forms.CharField(
        label=_("Why you may speak for them"),
        help_text=_("For example: I am her daughter and she signed an authorisation."),
        required=False,
        max_length=200,
    )
    mandate_expires_on = forms.DateField(
        label=_("Until when, if there is a date"), required=False, widget=DayInput()
    )

    needs_help = forms.BooleanField(
        label=_("I would be glad of some help, or of more time."),
        help_text=_(
            "Because of age, illness, disability, language, or a hard time at home. "
            "You need not say which: we will take care."
        ),
        required=False,
    )
    help_words = forms.CharField(
        label=_("How can we make it easier for you?"), required=False, max_length=500
    )

    def __init__(
        self,
        house: HouseRules,
        data: MultiValueDict[str, str] | None = None,
        *,
        on: date,
        ask: Sequence[tuple[str, str]] = (),
        troubles: Mapping[str, str] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="%s")
        self.house, self.on = house, on
        self.troubles = dict(troubles or {})
        self.categories = {str(category.pk): category for category in public_categories(house, on)}
        self.asked = tuple(key for key, _question in ask)
        self.points_errors: dict[int, str] = {}
        source = self.data if self.is_bound else self.initial
        way = str(source.get("answer_channel") or Case.Channel.EMAIL)
        way = way if way in WAYS_BACK else Case.Channel.EMAIL.value
        self.chosen_kind = offered(source.get("kind"))
        self.fields = _fields(house, on, tuple(ask), way, self.chosen_kind, get_language())

    @property
    def speaks_for_somebody(self) -> bool:
        """Whether anything was written about somebody else."""
        source = self.data if self.is_bound else self.initial
        return any(source.get(name) for name in ("represented_name", "mandate_basis"))

    @property
    def asks_for_help(self) -> bool:
        """Whether more care or time was asked for."""
        source = self.data if self.is_bound else self.initial
        return any(source.get(name) for name in CARE)

    @property
    def points(self) -> list[str]:
        """The points as typed, without the empty ones."""
        typed = self.data.getlist("point") if self.is_bound else []  # type: ignore[attr-defined]
        return [point.strip() for point in typed if point.strip()]

    def clean_email(self) -> str:
        """An address that a letter can go to, or a sentence that says what is missing in it."""
        email = str(self.cleaned_data["email"]).strip()
        if not email:
            return ""
        name, at, domain = email.rpartition("@")
        if not at:
            raise ValidationError(_("The “@” is missing. Example: marta@example.org"))
        if not name:
            raise ValidationError(_("The name before “@” is missing. Example: marta@example.org"))
        if not domain:
            raise ValidationError(_("The domain after “@” is missing. Example: marta@example.org"))
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(
                _("No letter can go to this address. Example: marta@example.org")
            ) from None
        return email

    def clean_telephone(self) -> str:
        """A number with at least six digits, or nothing."""
        number = str(self.cleaned_data["telephone"]).strip()
        if number and len(re.sub(r"\D", "", number)) < 6:
            raise ValidationError(_("This number is too short to be called."))
        return number

    def clean(self) -> dict[str, Any]:
        """What only several answers together show."""
        cleaned: dict[str, Any] = super().clean() or {}
        speaks = cleaned.get("mandate_basis") or cleaned.get("mandate_expires_on")
        if speaks and not cleaned.get("represented_name"):
            self.add_error("represented_name", _("Write the name of the person you write for."))
        expires_on = cleaned.get("mandate_expires_on")
        if refusal := why_not_mandate(expires_on, received_on=self.on):
            self.add_error("mandate_expires_on", str(refusal))
        by_sms = cleaned.get("answer_channel") == Case.Channel.SMS
        number = cleaned.get("telephone", "")
        if by_sms and number and not takes_messages(number, self.house.entity):
            self.add_error(
                "telephone", _("No SMS can go to this number. Write the one of a mobile telephone.")
            )
        self._clean_points()
        for name, trouble in self.troubles.items():
            if name == "point":
                self.points_errors.setdefault(0, str(TROUBLES[trouble]))
            elif name in self.fields and name not in self.errors:
                self.add_error(name, TROUBLES[trouble])
        if self.points_errors:
            self.add_error(None, _("Look at the points once more."))
        return cleaned

    def _clean_points(self) -> None:
        points = self.points
        if len(points) > MOST_POINTS:
            self.points_errors[MOST_POINTS] = _(
                "We can decide on %(most)s points at once: put the rest together."
            ) % {"most": MOST_POINTS}
        for index, point in enumerate(points):
            if len(point) > LONGEST_POINT:
                self.points_errors[index] = _(
                    "This point has %(length)s characters; we can take %(most)s."
                ) % {"length": len(point), "most": LONGEST_POINT}

    @property
    def chosen_category(self) -> Category | None:
        """The matter chosen so far, valid form or not."""
        typed = self.data.get("category") if self.is_bound else self.initial.get("category")
        return self.categories.get(str(typed or ""))

    def facts(self) -> dict[str, bool]:
        """What the person answered for the conditions of clocks. For a valid form."""
        answers = {key: self.cleaned_data.get(f"fact_{key}") for key in self.asked}
        facts = {key: answer == "yes" for key, answer in answers.items() if answer}
        if self.cleaned_data.get("category") == OTHER:
            facts["matter_other"] = True
        return facts


# Django copies every field of this dictionary for each form, deeply; ours are shared instead.
ComplaintForm.base_fields = {}


@lru_cache(maxsize=256)
def _fields(
    house: HouseRules,
    on: date,
    ask: tuple[tuple[str, str], ...],
    way: str,
    kind: Kind,
    _language: str | None,
) -> dict[str, forms.Field]:
    """The fields of a form, made once for all that ask the same. Nobody may change one."""
    fields = deepcopy(ComplaintForm.declared_fields)
    if categories := public_categories(house, on):
        fields["category"] = _MatterField(
            label=_("What is it about?"),
            choices=grouped(categories, house),
            error_messages={
                "required": _("Choose what it is about, so that the right day is counted."),
                "invalid_choice": _("Choose one of these."),
            },
        )
    else:
        del fields["category"]
    for key, question in ask:
        fields[f"fact_{key}"] = forms.ChoiceField(
            label=question,
            choices=YES_NO,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        )
    if sending_gateway(house.entity):
        by_sms = (Case.Channel.SMS, _("By SMS"))
        fields["answer_channel"].choices = [*ANSWER_CHANNELS, by_sms]  # type: ignore[attr-defined]
    # Whoever wants an answer by e-mail has to give one, and likewise for letters and SMS.
    name, words = WAYS_BACK[way]
    fields[name].required = True
    fields[name].error_messages["required"] = words
    asking.dress(fields, kind, OFFERED, lambda form: form.words, apart=_IN_GROUPS)
    first = ["kind", "category", "narrative"]
    return {name: fields[name] for name in [*first, *fields] if name in fields}


def offered(kind: object) -> Kind:
    """What was chosen to do; a claim until something is."""
    return Kind(str(kind)) if kind in OFFERED else Kind.CLAIM


def public_categories(house: HouseRules, on: date) -> list[Category]:
    """The matters that may be chosen on a day."""
    return [
        category
        for category in house.categories.values()
        if category.is_public
        and category.valid_from <= on
        and (category.valid_until is None or on <= category.valid_until)
    ]


def grouped(categories: Iterable[Category], house: HouseRules) -> list[Any]:
    """The matters as a list to choose from, those with a parent under its name."""
    choices: list[Any] = [("", _("Choose what fits best"))]
    groups: dict[int, list[tuple[str, str]]] = {}
    listed = list(categories)
    parents = {category.parent_id for category in listed if category.parent_id}
    for category in listed:
        option = (str(category.pk), str(category.name))
        if category.parent_id:
            groups.setdefault(category.parent_id, []).append(option)
        elif category.pk not in parents:
            choices.append(option)
    for parent_id, options in groups.items():
        parent = house.categories.get(parent_id)
        choices.append((str(parent.name) if parent else "", options))
    has_other = any(category.key == OTHER for category in listed)
    return choices if has_other else [*choices, (OTHER, _("Something else"))]
