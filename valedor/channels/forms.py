"""What whoever tries the demonstration lets arrive."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.channels.playing_in import gateway_of, mailbox_of
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import number_of
from valedor.channels.telephone.playing import line_played
from valedor.people.models import Entity


class Way(models.TextChoices):
    """How it arrives."""

    MAIL = "mail", gettext_lazy("A mail")
    OFFICE_MAIL = "office_mail", gettext_lazy("A mail to the ombudsman")
    SMS = "sms", gettext_lazy("An SMS")
    LETTER = "letter", gettext_lazy("A letter, scanned")


MAILS = frozenset({Way.MAIL, Way.OFFICE_MAIL})


class PlayInForm(forms.Form):
    """Who writes, how, and what. ``place`` is where it arrives, once the form is valid."""

    use_required_attribute = False

    entity = forms.ChoiceField(label=gettext_lazy("To whom?"))
    way = forms.ChoiceField(
        label=gettext_lazy("What arrives?"),
        choices=Way.choices,
        initial=Way.MAIL,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the sender"), required=False, max_length=100,
        help_text=gettext_lazy("Of a mail."),
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("E-mail of the sender, or number"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Such as rosa@example.org, or +34 600 100 200 for an SMS."),
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"), required=False, max_length=200,
        help_text=gettext_lazy("Of a mail. With the reference of a case it joins that case."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entities = {one.key: one for one in Entity.objects.order_by("name")}
        choices = [(key, one.name) for key, one in self._entities.items()]
        self.fields["entity"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whether it can come from there, and whether there is a place where it arrives."""
        given = self.cleaned_data
        entity, way = self._entities.get(given.get("entity", "")), given.get("way")
        if entity is None:
            return given
        address = given.get("address", "")
        if way == Way.LETTER:
            self.place: Any = entity
            return given
        if not address:
            self.add_error("address", _("Write whom it comes from."))
        if way in MAILS:
            self.place = mailbox_of(entity, is_of_the_office=way == Way.OFFICE_MAIL)
            self._check_mail(address)
        else:
            self.place = gateway_of(entity)
            self._check_number(address, entity)
        if self.place is None:
            self.add_error("way", _("This company has no place where that arrives."))
        return given

    def _check_mail(self, address: str) -> None:
        try:
            validate_email(address)
        except ValidationError:
            if address:
                self.add_error("address", _("Write an e-mail address: rosa@example.org"))

    def _check_number(self, address: str, entity: Entity) -> None:
        number = number_of(address, entity.country)
        if number:
            self.cleaned_data["address"] = number
        elif address:
            self.add_error("address", _("Write a number: +34 600 100 200"))


class PlayCallForm(forms.Form):
    """Who calls whom. ``line`` is where it rings, once the form is valid."""

    use_required_attribute = False

    entity = forms.ChoiceField(label=gettext_lazy("Whom do they call?"))
    number = forms.CharField(
        label=gettext_lazy("Number of the caller"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Left empty, the number is withheld."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = {
            one.key: line
            for one in Entity.objects.order_by("name")
            if (line := line_played(one)) is not None
        }
        choices = [(key, one.entity.name) for key, one in self._lines.items()]
        self.fields["entity"].choices = choices  # type: ignore[attr-defined]

    @property
    def line(self) -> Line:
        """Where it rings. For a valid form."""
        return self._lines[self.cleaned_data["entity"]]

    def clean(self) -> dict[str, Any]:
        """A number that can call there."""
        given = self.cleaned_data
        if given.get("number") and "entity" in given:
            number = number_of(given["number"], self.line.entity.country)
            if not number:
                self.add_error("number", _("Write a number: +34 600 100 200"))
            given["number"] = number
        return given
