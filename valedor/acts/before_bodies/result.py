"""What a body came to, what the company does of it, the end."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.before_bodies.things import YES_OR_NO, standing, today
from valedor.acts.files import add_files, files_field
from valedor.acts.words import text_field
from valedor.casefile.models import Document
from valedor.design.forms import DayInput
from valedor.disputes.actions.conclude import conclude, end, follow
from valedor.disputes.models import Referral
from valedor.disputes.referral import rules
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import Refusal
from valedor.procedures.vocabulary_tables import vocabulary

_CURRENCIES = [("EUR", "EUR"), ("BRL", "BRL"), ("USD", "USD"), ("GBP", "GBP")]


class ResultForm(ActForm):
    """What the body came to, and what the company has to do."""

    result = forms.ChoiceField(
        label=gettext_lazy("What did it come to?"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose what it came to.")},
    )
    concluded_on = forms.DateField(label=gettext_lazy("On which day?"), widget=DayInput())
    text = text_field(
        gettext_lazy("In the words of the body"),
        help_text=gettext_lazy("The person reads it, word for word."),
    )
    binds = forms.BooleanField(
        label=gettext_lazy("It binds the company"),
        help_text=gettext_lazy("An award, a judgment, an agreement. A recommendation does not."),
        required=False,
    )
    option = forms.ChoiceField(
        label=gettext_lazy("What does the company have to do?"), required=False
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), required=False, max_digits=12, decimal_places=2, min_value=0
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=_CURRENCIES, required=False
    )
    to_do = forms.CharField(
        label=gettext_lazy("In words, as the person reads it"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    appeal_by = forms.DateField(
        label=gettext_lazy("Until when can it be appealed, if at all?"),
        help_text=gettext_lazy("The decision itself says it."),
        required=False,
        widget=DayInput(),
    )
    file = files_field(gettext_lazy("The decision itself"))

    def prepare(self) -> None:
        house = self.situation.state.house
        self.fields["result"].choices = [  # type: ignore[attr-defined]
            (key, str(one)[:1].upper() + str(one)[1:])
            for key, one in vocabulary("results").items()
            if key != Referral.Result.NOT_ACCEPTED
        ]
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            ("", _("Nothing, or nothing of our catalogue")),
            *((one.key, str(one.name)) for one in house.redress_options),
        ]
        self.fields["currency"].initial = currency_of(house.entity.country)


def result_now(situation: Situation) -> Mapping[str, Any]:
    return {"binds": standing(situation).referral.binds, "concluded_on": today(situation)}


def why_not_conclude(situation: Situation) -> Refusal | None:
    return rules.why_not_conclude(standing(situation), situation.viewer)


def do_conclude(situation: Situation, given: Mapping[str, Any]) -> str:
    options = {one.key: one for one in situation.state.house.redress_options}
    add_files(situation, situation.files, side=Document.Side.BODY)
    referral = conclude(
        situation.case,
        referral=standing(situation).referral,
        result=Referral.Result(given["result"]),
        text=given["text"],
        concluded_on=given["concluded_on"],
        binds=given["binds"],
        option=options.get(given["option"]),
        amount=given["amount"],
        currency=given["currency"] or currency_of(situation.case.entity.country),
        to_do=given["to_do"],
        appeal_by=given["appeal_by"],
        by=situation.by,
        at=situation.at,
    )
    if referral.goes_on and not referral.binds:
        return _("Written down. Say now whether the company does what it asks.")
    if referral.goes_on:
        return _("Written down. What the company has to do has its day.")
    return _("Written down; it is over before this body.")


class FollowForm(ActForm):
    """Whether the company does what a recommendation asks."""

    follows = forms.ChoiceField(
        label=gettext_lazy("Does the company do what it asks?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("The person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def why_not_follow(situation: Situation) -> Refusal | None:
    return rules.why_not_follow(standing(situation), situation.viewer)


def do_follow(situation: Situation, given: Mapping[str, Any]) -> str:
    follow(
        situation.case,
        referral=standing(situation).referral,
        follows=given["follows"] == "yes",
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    return _("Written down.")


def why_not_end(situation: Situation) -> Refusal | None:
    return rules.why_not_end(standing(situation), situation.viewer)


def do_end(situation: Situation, _given: Mapping[str, Any]) -> str:
    end(
        situation.case, referral=standing(situation).referral, by=situation.by, at=situation.at
    )  # fmt: skip
    return _("It is over before this body.")
