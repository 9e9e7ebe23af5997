"""A case before other bodies: turned to, notified, heard, proposed, concluded, over."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.files import add_files, files_field
from valedor.acts.words import text_field
from valedor.casefile.models import Document
from valedor.design.forms import DayInput, MomentInput
from valedor.disputes.actions.conclude import conclude, end, follow
from valedor.disputes.actions.speak_before_body import (
    answer_proposal,
    cancel_hearing,
    give_position,
    hold_hearing,
    move_hearing,
    set_hearing,
    take_part,
    take_proposal,
)
from valedor.disputes.actions.turn_to_body import take_notice, turn_to_body
from valedor.disputes.dossier.queries import dossiers_of
from valedor.disputes.models import HearingDate, Proposal, Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.bodies import Forum, forum_of, forums, taking_part
from valedor.disputes.referral.queries import (
    ReferralState,
    hearing_date_of,
    proposal_of,
    referral_of,
    referral_state,
    referrals_of,
)
from valedor.foundation.moments import local_day
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import Refusal
from valedor.handling.who_hears import dispute_of
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.telling import spoken

YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
_CURRENCIES = [("EUR", "EUR"), ("BRL", "BRL"), ("USD", "USD"), ("GBP", "GBP")]
Side = Referral.Side


# ------------------------------------------------------------------ what acts are done to
def referrals(situation: Situation) -> list[int]:
    """The bodies before which the case is and that are not over."""
    return [one.pk for one in referrals_of(situation.case) if one.goes_on]


def hearing_dates(situation: Situation) -> list[int]:
    """Hearing dates that are set."""
    return [
        hearing.pk
        for one in referrals_of(situation.case)
        if one.is_heard
        for hearing in referral_state(one).hearing_dates
        if hearing.state == HearingDate.State.SET
    ]


def proposals(situation: Situation) -> list[int]:
    """The proposals on which a side has not said its word."""
    return [
        waiting.pk
        for one in referrals_of(situation.case)
        if one.is_heard and (waiting := referral_state(one).open_proposal)
    ]


def _standing(situation: Situation) -> ReferralState:
    found = referral_of(situation.case, situation.item or 0)
    if found is None:
        raise Http404
    return ReferralState(
        referral=found,
        state=situation.state,
        proposals=referral_state(found).proposals,
    )


def _hearing(situation: Situation) -> HearingDate:
    found = hearing_date_of(situation.case, situation.item or 0)
    if found is None:
        raise Http404
    return found


def _proposal(situation: Situation) -> Proposal:
    found = proposal_of(situation.case, situation.item or 0)
    if found is None:
        raise Http404
    return found


def _of(referral: Referral, situation: Situation) -> ReferralState:
    return ReferralState(referral=referral, state=situation.state)


def heading(words: Any) -> Callable[[Situation], str]:
    """A title that names the body."""

    def told(situation: Situation) -> str:
        return str(words) % {"body": _standing(situation).referral.name}

    return told


# ------------------------------------------------------------------ turned to, notified
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
            *((one.key, one.name) for one in _forums(self.situation)),
        ]


def _forums(situation: Situation) -> list[Forum]:
    house = situation.state.house
    dispute = dispute_of(house, situation.case.complainant_id)
    return forums(house, dispute, on=_today(situation))


def _today(situation: Situation) -> Any:
    return local_day(situation.at, situation.case.entity.timezone)


def _forum(situation: Situation, key: str) -> Forum | None:
    house, language = situation.state.house, situation.case.language
    return forum_of(house, key, language=language, on=_today(situation))


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
        forum=_forum(situation, given["body"]),
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
    forum = _forum(situation, given["body"])
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


# ------------------------------------------------------------------ does the company take part?
class PartForm(ActForm):
    """Whether the company takes part, and why not."""

    takes_part = forms.ChoiceField(
        label=gettext_lazy("Does the company take part?"),
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

    def prepare(self) -> None:
        self.fields["takes_part"].help_text = adhesion_in_words(self.situation)


def adhesion_in_words(situation: Situation) -> str:
    """What joining, or not having joined, means for this case."""
    referral = _standing(situation).referral
    house = situation.state.house
    forum = _forum(situation, f"body:{referral.body}" if referral.body else f"kind:{referral.kind}")
    if forum is None:
        return ""
    joined = taking_part(situation.case, house, forum, at=situation.at)
    if joined is None:
        return _("Taking part is voluntary before this body.")
    if joined.accepts:
        return _("The company has joined this body: it takes part.")
    if joined.is_beyond:
        return _("The company has joined this body, but not for this amount.")
    return _("The company has not joined this body. Saying nothing in time is a no.")


def why_not_take_part(situation: Situation) -> Refusal | None:
    return rules.why_not_take_part(_standing(situation), situation.viewer)


def do_take_part(situation: Situation, given: Mapping[str, Any]) -> str:
    takes_part = given["takes_part"] == "yes"
    take_part(
        situation.case,
        referral=_standing(situation).referral,
        takes_part=takes_part,
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    if takes_part:
        return _("The company takes part. Its position is still owed.")
    return _("The company does not take part; the person is told which doors are open.")


# ------------------------------------------------------------------ positions
class PositionForm(ActForm):
    """What a side told the body, with its papers."""

    side = forms.ChoiceField(
        label=gettext_lazy("Whose position is it?"),
        choices=[
            (Side.COMPANY, gettext_lazy("Ours: it goes to the body")),
            (Side.COMPLAINANT, gettext_lazy("The person's, as the body passed it on")),
            (Side.BODY, gettext_lazy("The body's own words to both sides")),
        ],
        initial=Side.COMPANY,
        widget=forms.RadioSelect(),
    )
    text = text_field(
        gettext_lazy("The position"), help_text=gettext_lazy("Both sides read it."), rows=10
    )
    dossier = forms.ChoiceField(
        label=gettext_lazy("The dossier that goes along"),
        help_text=gettext_lazy("Made under “Make a dossier”: sealed, with every paper in it."),
        required=False,
    )
    file = files_field(gettext_lazy("Evidence"))

    def prepare(self) -> None:
        made = dossiers_of(self.situation.viewer, self.situation.case)
        self.ready = {
            str(one.document.pk): one.document
            for one in made
            if one.document is not None and one.document.erased_at is None
        }
        if not self.ready:
            del self.fields["dossier"]
            return
        self.fields["dossier"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((key, one.name) for key, one in self.ready.items()),
        ]


def why_not_give_position(situation: Situation) -> Refusal | None:
    return rules.why_not_give_position(_standing(situation), situation.viewer)


def do_give_position(situation: Situation, given: Mapping[str, Any]) -> str:
    side = Side(given["side"])
    made = dossiers_of(situation.viewer, situation.case)
    ready = {str(one.document.pk): one.document for one in made if one.document is not None}
    give_position(
        situation.case,
        referral=_standing(situation).referral,
        side=side,
        text=given["text"],
        dossier=ready.get(given.get("dossier", "")),
        by=situation.by,
        at=situation.at,
    )
    add_files(situation, situation.files, side=_DOCUMENTS[side])
    return _("The position is in the file, and both sides see it.")


_DOCUMENTS = {
    Side.COMPANY: Document.Side.COMPANY,
    Side.COMPLAINANT: Document.Side.COMPLAINANT,
    Side.BODY: Document.Side.BODY,
}


# ------------------------------------------------------------------ hearing dates
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
    return rules.why_not_set_hearing(_standing(situation), situation.viewer)


def do_set_hearing(situation: Situation, given: Mapping[str, Any]) -> str:
    set_hearing(
        situation.case,
        referral=_standing(situation).referral,
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
    hearing = _hearing(situation)
    when = spoken.stamp(hearing.starts_at, situation.case.entity.timezone)
    return _("Hearing of %(when)s before %(body)s") % {
        "when": when,
        "body": hearing.referral.name,
    }


def hearing_now(situation: Situation) -> Mapping[str, Any]:
    hearing = _hearing(situation)
    starts_at: datetime = timezone.localtime(hearing.starts_at, situation.zone)
    return {"place": hearing.place, "starts_at": starts_at}


def why_not_change_hearing(situation: Situation) -> Refusal | None:
    hearing = _hearing(situation)
    return rules.why_not_change_hearing(
        _of(hearing.referral, situation), situation.viewer, hearing, at=situation.at
    )


def do_change_hearing(situation: Situation, given: Mapping[str, Any]) -> str:
    case, hearing = situation.case, _hearing(situation)
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


# ------------------------------------------------------------------ proposals
class ProposalForm(ActForm):
    """What a mediator proposes."""

    text = text_field(
        gettext_lazy("What is proposed?"), help_text=gettext_lazy("Both sides read it.")
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when, if there is a day"), required=False, widget=DayInput()
    )


def why_not_propose(situation: Situation) -> Refusal | None:
    return rules.why_not_propose(_standing(situation), situation.viewer)


def do_propose(situation: Situation, given: Mapping[str, Any]) -> str:
    take_proposal(
        situation.case,
        referral=_standing(situation).referral,
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
        self.fields["side"].help_text = _proposal(self.situation).text


def proposal_heading(situation: Situation) -> str:
    body = _proposal(situation).referral.name
    return _("Word on the proposal of %(body)s") % {"body": body}


def why_not_answer_proposal(situation: Situation) -> Refusal | None:
    proposal = _proposal(situation)
    return rules.why_not_answer_proposal(
        _of(proposal.referral, situation), situation.viewer, proposal
    )


def do_answer_proposal(situation: Situation, given: Mapping[str, Any]) -> str:
    answer_proposal(
        situation.case,
        proposal=_proposal(situation),
        side=Side(given["side"]),
        accepts=given["answer"] == Proposal.Answer.ACCEPTED,
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    return _("Written down.")


# ------------------------------------------------------------------ the result
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
    return {"binds": _standing(situation).referral.binds, "concluded_on": _today(situation)}


def why_not_conclude(situation: Situation) -> Refusal | None:
    return rules.why_not_conclude(_standing(situation), situation.viewer)


def do_conclude(situation: Situation, given: Mapping[str, Any]) -> str:
    options = {one.key: one for one in situation.state.house.redress_options}
    add_files(situation, situation.files, side=Document.Side.BODY)
    referral = conclude(
        situation.case,
        referral=_standing(situation).referral,
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
    return rules.why_not_follow(_standing(situation), situation.viewer)


def do_follow(situation: Situation, given: Mapping[str, Any]) -> str:
    follow(
        situation.case,
        referral=_standing(situation).referral,
        follows=given["follows"] == "yes",
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    return _("Written down.")


def why_not_end(situation: Situation) -> Refusal | None:
    return rules.why_not_end(_standing(situation), situation.viewer)


def do_end(situation: Situation, _given: Mapping[str, Any]) -> str:
    end(
        situation.case, referral=_standing(situation).referral, by=situation.by, at=situation.at
    )  # fmt: skip
    return _("It is over before this body.")
