"""Hearing dates and proposals to agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.before_bodies.things import before, hearing_of, proposal_of_case, standing
from valedor.acts.words import text_field
from valedor.design.forms import DayInput, MomentInput
from valedor.disputes.actions.hearing_dates import (
    cancel_hearing,
    hold_hearing,
    move_hearing,
    set_hearing,
)
from valedor.disputes.actions.speak_before_body import answer_proposal, take_proposal
from valedor.disputes.models import Proposal, Referral
from valedor.disputes.referral import rules
from valedor.foundation.refusals import Refusal
from valedor.telling import spoken

Side = Referral.Side


class HearingForm(ActForm):
    """When and where the body hears the sides."""

    starts_at = forms.DateTimeField(label=gettext_lazy("When?"), widget=MomentInput())
    minutes = forms.IntegerField(
        label=gettext_lazy("How long, in minutes?"), min_value=5, max_value=600, initial=60
    )
    place = forms.CharField(
        label=gettext_lazy("Where, or how?"),
        help_text=gettext_lazy("A room, a telephone number, the address of a video call."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say where the sides are heard, or how.")},
    )


def why_not_set_hearing(situation: Situation) -> Refusal | None:
    return rules.why_not_set_hearing(standing(situation), situation.viewer)


def do_set_hearing(situation: Situation, given: Mapping[str, Any]) -> str:
    set_hearing(
        situation.case,
        referral=standing(situation).referral,
        starts_at=given["starts_at"],
        minutes=given["minutes"],
        place=given["place"],
        by=situation.by,
        at=situation.at,
    )
    return _("The date is set; the person is told, with the date for their calendar.")


class HearingChangeForm(ActForm):
    """Held, moved or called off."""

    what = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[
            ("held", gettext_lazy("It was held")),
            ("moved", gettext_lazy("It is moved")),
            ("cancelled", gettext_lazy("It does not take place")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    outcome = forms.CharField(
        label=gettext_lazy("What came of it, if it was held"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("To when, if it is moved"), widget=MomentInput(), required=False
    )
    place = forms.CharField(
        label=gettext_lazy("Where, or how, if it is moved"), max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("what") == "moved" and not given.get("starts_at"):
            self.add_error("starts_at", _("Say to when it is moved."))
        if given.get("what") == "held" and not given.get("outcome", "").strip():
            self.add_error("outcome", _("Say what came of it."))
        return given


def hearing_heading(situation: Situation) -> str:
    hearing = hearing_of(situation)
    when = spoken.stamp(hearing.starts_at, situation.case.entity.timezone)
    return _("Hearing of %(when)s before %(body)s") % {
        "when": when,
        "body": hearing.referral.name,
    }


def hearing_now(situation: Situation) -> Mapping[str, Any]:
    hearing = hearing_of(situation)
    starts_at: datetime = timezone.localtime(hearing.starts_at, situation.zone)
    return {"place": hearing.place, "starts_at": starts_at}


def why_not_change_hearing(situation: Situation) -> Refusal | None:
    hearing = hearing_of(situation)
    return rules.why_not_change_hearing(
        before(hearing.referral, situation), situation.viewer, hearing, at=situation.at
    )


def do_change_hearing(situation: Situation, given: Mapping[str, Any]) -> str:
    case, hearing = situation.case, hearing_of(situation)
    by, at = situation.by, situation.at
    if given["what"] == "held":
        hold_hearing(case, hearing=hearing, outcome=given["outcome"], by=by, at=at)
        return _("Written down.")
    if given["what"] == "cancelled":
        cancel_hearing(case, hearing=hearing, by=by, at=at)
        return _("It does not take place; both sides see it.")
    place = given["place"] or hearing.place
    move_hearing(case, hearing=hearing, starts_at=given["starts_at"], place=place, by=by, at=at)
    return _("The date is set; the person is told, with the date for their calendar.")


class ProposalForm(ActForm):
    """What a mediator proposes."""

    text = text_field(
        gettext_lazy("What is proposed?"), help_text=gettext_lazy("Both sides read it.")
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when, if there is a day"), required=False, widget=DayInput()
    )


def why_not_propose(situation: Situation) -> Refusal | None:
    return rules.why_not_propose(standing(situation), situation.viewer)


def do_propose(situation: Situation, given: Mapping[str, Any]) -> str:
    take_proposal(
        situation.case,
        referral=standing(situation).referral,
        text=given["text"],
        answer_by=given["answer_by"],
        by=situation.by,
        at=situation.at,
    )
    return _("The proposal is in the file, and both sides see it.")


class ProposalAnswerForm(ActForm):
    """One side's word on a proposal."""

    side = forms.ChoiceField(
        label=gettext_lazy("Whose word is it?"),
        choices=[
            (Side.COMPANY, Side.COMPANY.label),
            (Side.COMPLAINANT, Side.COMPLAINANT.label),
        ],
        initial=Side.COMPANY,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("What do they say?"),
        choices=Proposal.Answer.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose what they said.")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("In their words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def prepare(self) -> None:
        self.fields["side"].help_text = proposal_of_case(self.situation).text


def proposal_heading(situation: Situation) -> str:
    body = proposal_of_case(situation).referral.name
    return _("Word on the proposal of %(body)s") % {"body": body}


def why_not_answer_proposal(situation: Situation) -> Refusal | None:
    proposal = proposal_of_case(situation)
    return rules.why_not_answer_proposal(
        before(proposal.referral, situation), situation.viewer, proposal
    )


def do_answer_proposal(situation: Situation, given: Mapping[str, Any]) -> str:
    answer_proposal(
        situation.case,
        proposal=proposal_of_case(situation),
        side=Side(given["side"]),
        accepts=given["answer"] == Proposal.Answer.ACCEPTED,
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    return _("Written down.")
