"""Somebody turned to another body, or its notice came."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.before_bodies.things import forum_named, today
from valedor.acts.files import add_files, files_field
from valedor.acts.words import text_field
from valedor.casefile.models import Document
from valedor.design.forms import DayInput, MomentInput
from valedor.disputes.actions.turn_to_body import take_notice, turn_to_body
from valedor.disputes.models import Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.bodies import Forum, forums
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import Refusal
from valedor.handling.who_hears import dispute_of
from valedor.telling import spoken


class _BodyForm(ActForm):
    body = forms.ChoiceField(
        label=gettext_lazy("Which body?"),
        help_text=gettext_lazy("Those of the person's place come first."),
        error_messages={"required": gettext_lazy("Choose the body from the list.")},
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Who turned to it?"),
        choices=Referral.Side.choices,
        initial=Referral.Side.COMPLAINANT,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    body_reference = forms.CharField(
        label=gettext_lazy("Number that the body gave it"), max_length=80, required=False
    )

    def prepare(self) -> None:
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose the body from the list.")),
            *((one.key, one.name) for one in forums_of(self.situation)),
        ]


def forums_of(situation: Situation) -> list[Forum]:
    house = situation.state.house
    dispute = dispute_of(house, situation.case.complainant_id)
    return forums(house, dispute, on=today(situation))


class TurnedToForm(_BodyForm):
    """That somebody turned to a body, before it has said a word."""

    filed_on = forms.DateField(label=gettext_lazy("On which day?"), widget=DayInput())
    text = forms.CharField(
        label=gettext_lazy("What is asked for there?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    field_order = ("body", "side", "filed_on", "body_reference", "text")


def why_not_refer(situation: Situation) -> Refusal | None:
    return rules.why_not_refer(situation.state, situation.viewer)


def concerns_complaints(situation: Situation) -> bool:
    """Other bodies hear complaints alone."""
    return not situation.state.is_served_with_a_word


def do_turn_to(situation: Situation, given: Mapping[str, Any]) -> str:
    turn_to_body(
        situation.case,
        forum=forum_named(situation, given["body"]),
        side=Referral.Side(given["side"]),
        filed_on=given["filed_on"],
        body_reference=given["body_reference"],
        text=given["text"],
        by=situation.by,
        at=situation.at,
    )
    return _("Written down. It stands on the page of the case, for the person too.")


class NoticeForm(_BodyForm):
    """A body's notice: what it asks, until when."""

    notified_at = forms.DateTimeField(
        label=gettext_lazy("When did its notice reach us?"), widget=MomentInput()
    )
    text = text_field(
        gettext_lazy("What does it ask?"), help_text=gettext_lazy("The person reads it, too.")
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when, if the notice names a day"),
        help_text=gettext_lazy(
            "Where the law sets a term it is counted from the notice; the earlier day counts."
        ),
        required=False,
        widget=DayInput(),
    )
    fee = forms.DecimalField(
        label=gettext_lazy("What the company pays for it"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    file = files_field(gettext_lazy("The notice itself"))
    field_order = (
        "body", "side", "notified_at", "body_reference", "text", "answer_by", "fee", "file",
    )  # fmt: skip


def notice_now(situation: Situation) -> Mapping[str, Any]:
    return {"notified_at": timezone.localtime(situation.at, situation.zone)}


def do_take_notice(situation: Situation, given: Mapping[str, Any]) -> str:
    forum = forum_named(situation, given["body"])
    referral = take_notice(
        situation.case,
        forum=forum,
        notified_at=given["notified_at"],
        text=given["text"],
        side=Referral.Side(given["side"]),
        body_reference=given["body_reference"],
        answer_by=given["answer_by"],
        fee=given["fee"],
        currency=currency_of(situation.case.entity.country),
        by=situation.by,
        at=situation.at,
    )
    add_files(situation, situation.files, side=Document.Side.BODY)
    until = referral.deadline.due_at if referral.deadline else None
    day = spoken.end_of_limit(until, situation.case.entity.timezone) if until else ""
    return _("Written down. The company's word is due by %(day)s.") % {"day": day}
