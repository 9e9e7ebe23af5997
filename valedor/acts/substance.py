"""Findings, decisions, redress."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.files import add_files, files_field
from valedor.acts.words import text_field
from valedor.casefile.models import Grievance
from valedor.design.forms import ChoiceCards
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.approve_redress import approve_redress, reject_redress
from valedor.handling.actions.carry_out_redress import carry_out_redress
from valedor.handling.actions.decide import decide
from valedor.handling.actions.find import find, withdraw_finding
from valedor.handling.actions.offer_redress import offer_redress, withdraw_redress
from valedor.handling.actions.settle_redress import accept_redress, decline_redress
from valedor.handling.models import Decision, Finding
from valedor.handling.redress_words import in_words
from valedor.telling import spoken
from valedor.telling.entries import sentence_of
from valedor.telling.reader import Reader
from valedor.telling.values import body_of


class FindingForm(ActForm):
    """A fact held to be so, from which side, and what shows it."""

    text = text_field(gettext_lazy("What was found?"), rows=4)
    side = forms.ChoiceField(
        label=gettext_lazy("From which side?"),
        choices=Finding.Side.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose the side it comes from.")},
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Documents that show it"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    entries = forms.MultipleChoiceField(
        label=gettext_lazy("Lines of the timeline that show it"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    grievance = forms.ChoiceField(label=gettext_lazy("To which point?"), required=False)
    is_disputed = forms.BooleanField(
        label=gettext_lazy("The other side says otherwise."), required=False
    )

    def prepare(self) -> None:
        viewer, case = self.situation.viewer, self.situation.case
        self.known_documents = {str(one.pk): one for one in reading.documents_of(viewer, case)}
        self.known_entries = {str(one.pk): one for one in reading.entries_to_cite(viewer, case)}
        names = {key: one.name for key, one in self.known_documents.items()}
        self.fields["documents"].choices = list(names.items())  # type: ignore[attr-defined]
        self.fields["entries"].choices = [  # type: ignore[attr-defined]
            (key, f"{sentence_of(one, Reader.STAFF)} {_cut(body_of(one))}".strip())
            for key, one in self.known_entries.items()
        ]
        self.fields["grievance"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole case")),
            *((str(one.pk), f"{one.ordinal}. {_cut(one.text)}") for one in _points(self.situation)),
        ]
        if not names:
            del self.fields["documents"]


def _cut(text: str, longest: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[:longest].rsplit(" ", 1)[0] + "…"


def _points(situation: Situation) -> tuple[Grievance, ...]:
    return situation.state.grievances


def do_find(situation: Situation, given: Mapping[str, Any]) -> str:
    viewer, case = situation.viewer, situation.case
    documents = {str(one.pk): one for one in reading.documents_of(viewer, case)}
    entries = {str(one.pk): one for one in reading.entries_to_cite(viewer, case)}
    points = {str(one.pk): one for one in _points(situation)}
    find(
        case,
        text=given["text"],
        side=Finding.Side(given["side"]),
        documents=[documents[key] for key in given.get("documents", ())],
        entries=[entries[key] for key in given["entries"]],
        grievance=points.get(given["grievance"]),
        is_disputed=given["is_disputed"],
        by=situation.by,
        at=situation.at,
    )
    return _("The finding is in the file.")


def why_not_withdraw_finding(situation: Situation) -> Refusal | None:
    finding = reading.finding_of(situation.case, situation.item or 0)
    return rules.why_not_withdraw_finding(situation.state, situation.viewer, finding)


def do_withdraw_finding(situation: Situation, given: Mapping[str, Any]) -> str:
    withdraw_finding(
        situation.case,
        finding=reading.finding_of(situation.case, situation.item or 0),
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("The finding does not hold any more; it stays visible.")


# ------------------------------------------------------------------ decisions
def grievance_of(situation: Situation) -> Grievance:
    """The point that the address names by its number. Raises ``Http404``."""
    for one in _points(situation):
        if one.ordinal == situation.item:
            return one
    raise Http404


class DecisionForm(ActForm):
    """The outcome of one point."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is decided?"),
        choices=[
            (value, label)
            for value, label in Decision.Outcome.choices
            if value != Decision.Outcome.WITHDRAWN
        ],
        widget=ChoiceCards(
            helps={
                "upheld": gettext_lazy("The person is right."),
                "partly_upheld": gettext_lazy("The person is right in part."),
                "not_upheld": gettext_lazy("The person is not right. Name the ground."),
                "inadmissible": gettext_lazy("It is not for us to decide. Name the ground."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose what is decided.")},
    )
    reasons = text_field(
        gettext_lazy("Reasons"),
        help_text=gettext_lazy("The person reads them, word for word, in the answer."),
        rows=5,
    )
    grounds = forms.CharField(
        label=gettext_lazy("Ground"),
        help_text=gettext_lazy("The contract term, rule or good practice."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


def decision_heading(situation: Situation) -> str:
    point = grievance_of(situation)
    return _("Decide point %(number)s: %(text)s") % {
        "number": point.ordinal,
        "text": _cut(point.text),
    }


def last_decision(situation: Situation) -> Mapping[str, Any]:
    known = situation.state.decisions.get(grievance_of(situation).pk)
    if known is None:
        return {}
    return {"outcome": known.outcome, "reasons": known.reasons, "grounds": known.grounds}


def do_decide(situation: Situation, given: Mapping[str, Any]) -> str:
    point = grievance_of(situation)
    decide(
        situation.case,
        grievance=point,
        outcome=Decision.Outcome(given["outcome"]),
        reasons=given["reasons"],
        grounds=given["grounds"],
        by=situation.by,
        at=situation.at,
    )
    return _("Point %(number)s is decided.") % {"number": point.ordinal}


# ------------------------------------------------------------------ redress
class RedressForm(ActForm):
    """Something from the catalogue."""

    option = forms.ChoiceField(
        label=gettext_lazy("What is offered?"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose what is offered.")},
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), required=False, max_digits=12, decimal_places=2, min_value=0
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        choices=[("EUR", "EUR"), ("BRL", "BRL"), ("USD", "USD"), ("GBP", "GBP")],
    )
    text = forms.CharField(
        label=gettext_lazy("In words, as the person reads it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    grievance = forms.ChoiceField(label=gettext_lazy("To which point?"), required=False)
    needs_acceptance = forms.BooleanField(
        label=gettext_lazy("The person is to say yes or no to it first."), required=False
    )

    def prepare(self) -> None:
        state = self.situation.state
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            (one.key, str(one.name)) for one in state.house.redress_options
        ]
        country = state.house.entity.country
        self.fields["currency"].initial = currency_of(country)
        self.fields["grievance"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole case")),
            *((str(one.pk), f"{one.ordinal}. {_cut(one.text)}") for one in state.grievances),
        ]
        authority = rules.authority_of(state, self.situation.viewer)
        if authority is not None:
            self.fields["amount"].help_text = _(
                "Up to %(amount)s you may promise it alone; above that an approver has to say yes."
            ) % {"amount": f"{number_format(authority, 2)} {self.fields['currency'].initial}"}


def do_offer_redress(situation: Situation, given: Mapping[str, Any]) -> str:
    options = {one.key: one for one in situation.state.house.redress_options}
    option = options[given["option"]]
    amount: Decimal | None = given["amount"]
    points = {str(one.pk): one for one in situation.state.grievances}
    made = offer_redress(
        situation.case,
        option=option,
        amount=amount,
        currency=given["currency"] if amount is not None else "",
        text=given["text"],
        grievance=points.get(given["grievance"]),
        needs_acceptance=given["needs_acceptance"],
        by=situation.by,
        at=situation.at,
    )
    if made.state == made.State.AWAITING_APPROVAL:
        return _("It is above your authority and waits for an approver's yes.")
    return _("It will be offered with the answer.")


def redress_heading(words: Any) -> Any:
    """A title that names the redress."""

    def heading(situation: Situation) -> str:
        redress = reading.redress_of(situation.case, situation.item or 0)
        what = in_words(redress, situation.state.house, spoken.language())
        return str(words) % {"what": what}

    return heading


def why_not_withdraw_redress(situation: Situation) -> Refusal | None:
    redress = reading.redress_of(situation.case, situation.item or 0)
    return rules.why_not_withdraw_redress(situation.state, situation.viewer, redress)


def do_withdraw_redress(situation: Situation, given: Mapping[str, Any]) -> str:
    withdraw_redress(
        situation.case,
        redress=reading.redress_of(situation.case, situation.item or 0),
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("It will not be offered.")


class ExecutionForm(ActForm):
    """The proof that it was done."""

    file = files_field(gettext_lazy("Proof as a document"))
    proof_text = forms.CharField(
        label=gettext_lazy("Proof in words"),
        help_text=gettext_lazy("For example the number of the transfer or of the delivery."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


def why_not_carry_out(situation: Situation) -> Refusal | None:
    redress = reading.redress_of(situation.case, situation.item or 0)
    return rules.why_not_carry_out_redress(situation.state, situation.viewer, redress)


def do_carry_out(situation: Situation, given: Mapping[str, Any]) -> str:
    added = add_files(situation, situation.files, purpose="proof")
    carry_out_redress(
        situation.case,
        redress=reading.redress_of(situation.case, situation.item or 0),
        proof=added[0] if added else None,
        proof_text=given["proof_text"],
        by=situation.by,
        at=situation.at,
    )
    return _("Carried out; the person is told.")


class ApprovalForm(ActForm):
    """Yes or no, and why not."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Do you approve it?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("answer") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why not."))
        return given


def why_not_approve(situation: Situation) -> Refusal | None:
    redress = reading.redress_of(situation.case, situation.item or 0)
    return rules.why_not_approve_redress(
        situation.state, situation.viewer, redress, reading.approval_of(redress)
    )


def do_approve(situation: Situation, given: Mapping[str, Any]) -> str:
    redress = reading.redress_of(situation.case, situation.item or 0)
    if given["answer"] == "yes":
        approve_redress(situation.case, redress=redress, by=situation.by, at=situation.at)
        return _("Approved.")
    reject_redress(
        situation.case,
        redress=redress,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Not approved; whoever asked reads why.")


class SettlementForm(ActForm):
    """What the person said to an offer."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What did the person say?"),
        choices=[
            ("yes", gettext_lazy("They take it")),
            ("no", gettext_lazy("They do not take it")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose what they said.")},
    )


def why_not_settle(situation: Situation) -> Refusal | None:
    redress = reading.redress_of(situation.case, situation.item or 0)
    return rules.why_not_settle_redress(situation.state, situation.viewer, redress)


def do_settle(situation: Situation, given: Mapping[str, Any]) -> str:
    redress = reading.redress_of(situation.case, situation.item or 0)
    act = accept_redress if given["answer"] == "yes" else decline_redress
    act(situation.case, redress=redress, by=situation.by, at=situation.at)
    return _("Written down.")
