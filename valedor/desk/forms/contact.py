"""What whoever answers the telephone or the counter writes down."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.models import Case, Instance, Kind
from valedor.channels.web_form import asking
from valedor.channels.web_form.questions import (
    LONGEST_TEXT,
    OTHER,
    TROUBLES,
    YES_NO,
    grouped,
)
from valedor.design.forms import DayInput, FilesInput, MomentInput
from valedor.foundation.moments import local_day
from valedor.intake.kind_forms import AT_ONCE, FORMS, MANDATE
from valedor.intake.rules import why_not_mandate
from valedor.knowledge.queries import standing_at
from valedor.procedures.applicable import applied_clocks
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.telling import spoken

CHANNELS = [
    Case.Channel.TELEPHONE,
    Case.Channel.IN_PERSON,
    Case.Channel.LETTER,
    Case.Channel.EMAIL,
    Case.Channel.FAX,
    Case.Channel.CHAT,
    Case.Channel.SMS,
]
ROW = {"class": "choices--row"}


def _few_lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ContactForm(forms.Form):
    """How and when it came in, who says what, and what they ask for. Few things are required."""

    use_required_attribute = False

    channel = forms.ChoiceField(
        label=gettext_lazy("How does it reach us?"),
        choices=[(one, one.label) for one in CHANNELS],
        initial=Case.Channel.TELEPHONE,
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("When did it reach us?"),
        help_text=gettext_lazy("Limits run from here: for a letter, the day it came in."),
        widget=MomentInput(),
        error_messages={"required": gettext_lazy("Say when it reached us.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language do we write?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of contact is it?"),
        choices=Kind.choices,
        initial=Kind.COMPLAINT,
    )
    category = forms.ChoiceField(label=gettext_lazy("What is it about?"), required=False)

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Left empty, the contact is anonymous."),
        max_length=200,
        required=False,
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=500,
        required=False,
        widget=_few_lines(3),
    )
    answer_channel = forms.ChoiceField(
        label=gettext_lazy("How do we answer?"),
        choices=[
            (Case.Channel.EMAIL, gettext_lazy("By e-mail")),
            (Case.Channel.LETTER, gettext_lazy("By letter")),
            (Case.Channel.SMS, gettext_lazy("By SMS")),
        ],
        initial=Case.Channel.EMAIL,
        widget=forms.RadioSelect(attrs=ROW),
        error_messages={"required": gettext_lazy("Choose how we answer.")},
    )
    contract_number = forms.CharField(
        label=gettext_lazy("Contract or customer number"), max_length=80, required=False
    )
    identity_number = forms.CharField(
        label=gettext_lazy("Identity number, if it is needed"), max_length=40, required=False
    )

    represented_name = forms.CharField(
        label=gettext_lazy("Name of the person they speak for"), max_length=200, required=False
    )
    mandate_basis = forms.CharField(
        label=gettext_lazy("Why they may speak for them"), max_length=200, required=False
    )
    mandate_expires_on = forms.DateField(
        label=gettext_lazy("Until when, if there is a date"), required=False, widget=DayInput()
    )

    narrative = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("In their words, as far as you can."),
        widget=_few_lines(7),
        max_length=LONGEST_TEXT,
        error_messages={"required": gettext_lazy("Write down what they say.")},
    )
    point = forms.CharField(
        label=gettext_lazy("Points, one a line"),
        help_text=gettext_lazy("Each is decided on its own. Left empty, the title is the point."),
        widget=_few_lines(3),
        max_length=20_000,
        required=False,
    )
    subject = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("In a few words; left empty, the first sentence is taken."),
        max_length=200,
        required=False,
    )
    remedy_sought = forms.CharField(
        label=gettext_lazy("What do they ask for?"),
        widget=_few_lines(2),
        max_length=2000,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("What they brought along"), required=False, widget=FilesInput()
    )
    answer_article = forms.ChoiceField(
        label=gettext_lazy("Did you answer at once, from what we know?"), required=False
    )
    answer_now = forms.CharField(
        label=gettext_lazy("Or in your own words?"),
        help_text=gettext_lazy(
            "What you tell them is kept and written to them, and the case is closed with it."
        ),
        widget=_few_lines(4),
        max_length=20_000,
        required=False,
    )
    touches_safety = forms.BooleanField(
        label=gettext_lazy("Somebody is or may be in danger."), required=False
    )
    needs_help = forms.BooleanField(
        label=gettext_lazy("They need more care or time."), required=False
    )
    token = forms.CharField(widget=forms.HiddenInput(), max_length=64)

    def __init__(
        self,
        house: HouseRules,
        data: MultiValueDict[str, str] | None = None,
        *,
        at: datetime,
        on: date,
        troubles: Mapping[str, str] | None = None,
        initial: Mapping[str, Any] | None = None,
        came_by: str = "",
    ) -> None:
        """``came_by`` is the channel of a message that is written down, whichever that is."""
        first = {"token": secrets.token_urlsafe(24), **(initial or {})}
        super().__init__(data, initial=first, auto_id="%s")
        self.house, self.at, self.troubles = house, at, dict(troubles or {})
        if came_by and came_by not in CHANNELS:
            channel = Case.Channel(came_by)
            self.fields["channel"].choices = [  # type: ignore[attr-defined]
                (channel, channel.label),
                *((one, one.label) for one in CHANNELS),
            ]
        self.categories = {str(one.pk): one for one in categories_of(house, on)}
        self.fields["category"].choices = grouped(self.categories.values(), house)  # type: ignore[attr-defined]
        languages = dict.fromkeys([house.entity.default_language, *house.entity.languages])
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, spoken.language_name(code)) for code in languages
        ]
        typed: Mapping[str, Any] = first if data is None else data
        kind = str(typed.get("kind") or "")
        self.chosen_kind = Kind(kind) if kind in Kind.values else Kind.COMPLAINT
        self.articles = {one.article.key: one for one in standing_at(house.entity, at)}
        self.fields["answer_article"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("No article")),
            *((key, str(one.title)) for key, one in sorted(self.articles.items())),
        ]
        asking.dress(
            self.fields, self.chosen_kind, tuple(Kind), lambda one: one.staff_words, apart=MANDATE
        )
        asks = asked_of_caller(house, self.chosen_kind, self.chosen_category, at=at)
        self.asked = tuple(key for key, _question in asks)
        for key, question in asks:
            self.fields[f"fact_{key}"] = forms.ChoiceField(
                label=question,
                choices=YES_NO,
                required=False,
                widget=forms.RadioSelect(attrs=ROW),
            )

    @property
    def chosen_category(self) -> Category | None:
        """The subject chosen so far."""
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return self.categories.get(str(source.get("category") or ""))

    @property
    def asks_for_whom(self) -> asking.Asked:
        """Which kinds ask whether they speak for somebody else."""
        return asking.asked_for(["represented_name"], self.chosen_kind, tuple(Kind))[
            "represented_name"
        ]

    @property
    def speaks_for_somebody(self) -> bool:
        """Whether anything was written about somebody else."""
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return any(source.get(name) for name in ("represented_name", "mandate_basis"))

    @property
    def answered(self) -> str:
        """What they were answered at once: own words, then the article, in their language."""
        article = self.articles.get(self.cleaned_data.get("answer_article") or "")
        body = article.body.in_language(self.cleaned_data["language"]) if article else ""
        return "\n\n".join(part for part in (self.cleaned_data["answer_now"], body) if part)

    @property
    def points(self) -> list[str]:
        """The points, a line each."""
        lines = str(self.data.get("point") or "").splitlines() if self.is_bound else []
        return [line.strip(" -•\t") for line in lines if line.strip(" -•\t")]

    def facts(self) -> dict[str, bool]:
        """What was answered for the conditions of clocks. For a valid form."""
        answers = {key: self.cleaned_data.get(f"fact_{key}") for key in self.asked}
        facts = {key: answer == "yes" for key, answer in answers.items() if answer}
        if self.cleaned_data.get("category") == OTHER:
            facts["matter_other"] = True
        if self.chosen_kind == Kind.ENQUIRY and self.answered:
            facts["enquiry_answered_in_contact"] = True
        return facts

    def clean_received_at(self) -> datetime:
        """Nothing is received in the future."""
        received: datetime = self.cleaned_data["received_at"]
        if received > self.at:
            raise ValidationError(_("This moment has not come yet."))
        return received

    def clean_email(self) -> str:
        """An address that a letter can go to, or nothing."""
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(
                    _("No letter can go to this address. Example: marta@example.org")
                ) from None
        return email

    def clean(self) -> dict[str, Any]:
        """What only several answers together show."""
        given = self.cleaned_data
        wants = given.get("answer_channel")
        if given.get("name"):
            if (
                wants == Case.Channel.EMAIL
                and not given.get("email")
                and "email" not in self.errors
            ):
                self.add_error("email", _("Ask for an e-mail, or answer by letter."))
            if wants == Case.Channel.SMS and not given.get("telephone"):
                self.add_error("telephone", _("Ask for a mobile number, or answer another way."))
            if wants == Case.Channel.LETTER and not given.get("postal_address"):
                self.add_error("postal_address", _("Ask for the address, or answer by e-mail."))
        speaks = given.get("mandate_basis") or given.get("mandate_expires_on")
        if speaks and not given.get("represented_name"):
            self.add_error("represented_name", _("Write the name of the person they speak for."))
        received_at, expires_on = given.get("received_at", self.at), given.get("mandate_expires_on")
        received_on = local_day(received_at, self.house.entity.timezone)
        if refusal := why_not_mandate(expires_on, received_on=received_on):
            self.add_error("mandate_expires_on", str(refusal))
        if not AT_ONCE & FORMS[self.chosen_kind].asks:
            for name in sorted(AT_ONCE):
                if given.get(name):
                    self.add_error(name, _("A contact of this kind is not answered at once."))
        for name, trouble in self.troubles.items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, TROUBLES[trouble])
        return given


def categories_of(house: HouseRules, on: date) -> list[Category]:
    """The subjects that the desk may choose on a day: those not offered to the public too."""
    return [
        one
        for one in house.categories.values()
        if one.valid_from <= on and (one.valid_until is None or on <= one.valid_until)
    ]


def asked_of_caller(
    house: HouseRules, kind: str, category: Category | None, *, at: datetime
) -> Sequence[tuple[str, str]]:
    """What only the person or whoever handles can answer, and on which a limit depends."""
    if kind not in Kind.values:
        return ()
    facts = dict(category.facts) if category and category.facts else {"matter_other": True}
    applied = applied_clocks(house, kind, facts, Instance.Kind.COMPANY, on=at)
    known = vocabulary("facts")
    keys = dict.fromkeys(key for one in applied for key in one.ask)
    return tuple(
        (key, str(known[key]))
        for key in keys
        if key in known
        and known[key].asked_of in {"person", "handler"}
        and known[key].group != "matter"
        and (not known[key].kinds or kind in known[key].kinds)
    )
