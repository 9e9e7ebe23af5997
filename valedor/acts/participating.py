"""Somebody who speaks for the person, or helps them, on a mandate on paper: let in and out again by
the house. What the person lets in themselves stands on their own page.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.design.forms import DayInput
from valedor.foundation.refusals import Refusal
from valedor.participants import rules
from valedor.participants.actions.let_in import let_in
from valedor.participants.actions.let_out import let_out
from valedor.participants.models import Participant
from valedor.participants.queries import participant_of_case, participants_inside
from valedor.participants.rules import Invited
from valedor.participants.words import named
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken


class ParticipantForm(ActForm):
    """Who it is, as what, how far, until when, and on what paper it rests."""

    name = forms.CharField(label=gettext_lazy("Their name"), max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Who are they?"), choices=Participant.Role.choices)
    organisation = forms.CharField(
        label=gettext_lazy("Their association or firm"), max_length=200, required=False
    )
    email = forms.CharField(
        label=gettext_lazy("Their e-mail address"), max_length=254, required=False
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Or their postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do we write to them?"), choices=()
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What may they do?"), choices=Participant.Scope.choices
    )
    basis = forms.CharField(
        label=gettext_lazy("On what does it rest?"),
        help_text=gettext_lazy("A power of attorney, a signed form, a decision of a court."),
        max_length=200,
    )
    document = forms.ChoiceField(
        label=gettext_lazy("The paper, among the documents of the case"),
        choices=(),
        required=False,
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("Left empty: until thirty days after the case is closed."),
        required=False,
        widget=DayInput(),
    )
    gets_letters = forms.BooleanField(
        label=gettext_lazy("They get our letters too"), required=False
    )

    def prepare(self) -> None:
        """The languages of the house, and the papers of the case."""
        case = self.situation.case
        languages = house_rules(case.entity_id).entity.languages
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (one, spoken.language_name(one)) for one in languages
        ]
        self.fields["language"].initial = case.language
        papers = reading.documents_of(self.situation.viewer, case)
        self.fields["document"].choices = [  # type: ignore[attr-defined]
            ("", _("None of them")),
            *((str(one.pk), one.name) for one in papers),
        ]

    def clean_email(self) -> str:
        """One address, as it is written to."""
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except ValidationError as error:
                raise ValidationError(
                    _("This is no e-mail address: check it, or give a postal address.")
                ) from error
        return email


def why_not(situation: Situation) -> Refusal | None:
    """What stands against letting anybody in from here."""
    return rules.why_not_by_the_house(situation.case, situation.viewer, at=situation.at)


def do_let_in(situation: Situation, given: Mapping[str, Any]) -> str:
    papers = {str(one.pk): one for one in reading.documents_of(situation.viewer, situation.case)}
    invited = Invited(
        name=given["name"],
        role=given["role"],
        scope=given["scope"],
        language=given["language"],
        organisation=given["organisation"],
        email=given["email"],
        postal_address=given["postal_address"],
        gets_letters=given["gets_letters"],
        expires_on=given["expires_on"],
    )
    done = let_in(
        situation.case,
        invited,
        basis=given["basis"],
        document=papers.get(given["document"]),
        by=situation.by,
        at=situation.at,
    )
    if not done.code:
        return _("They are let in, and a link of their own is on its way. The person is told.")
    situation.code = done.code
    return _(
        "They are let in, and the person is told. The code below is that of %(name)s alone, with "
        "the reference of the case."
    ) % {"name": given["name"]}


class LetOutForm(ActForm):
    """Why the mandate is over."""

    reason = text_field(
        gettext_lazy("Why is it over?"), help_text=gettext_lazy("The person reads this."), rows=2
    )


def inside(situation: Situation) -> list[int]:
    """Whoever is let in to the case."""
    return [one.pk for one in participants_inside(situation.case)]


def _named(situation: Situation) -> Participant:
    """Whom the address names. Raises ``Http404`` for somebody of another case."""
    one = participant_of_case(situation.case, situation.item or 0)
    if one is None:
        raise Http404
    return one


def why_not_out(situation: Situation) -> Refusal | None:
    """What stands against letting this one out."""
    one = _named(situation)
    return why_not(situation) or rules.why_not_end(one)


def heading(situation: Situation) -> str:
    """Whom it is about."""
    one = _named(situation)
    return _("Let out: %(name)s") % {
        "name": named(one.person.name, str(one.role), one.organisation)
    }


def do_let_out(situation: Situation, given: Mapping[str, Any]) -> str:
    let_out(
        situation.case,
        participant=_named(situation),
        by=situation.by,
        at=situation.at,
        reason=given["reason"],
    )
    return _("They are out. Nothing that they have opens this case any more.")
