"""Setting right what was written down wrong, and the keys to a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.casefile.models import Kind, Letter
from valedor.design.forms import MomentInput
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions import correct
from valedor.handling.actions.change_kind import change_kind
from valedor.handling.actions.correct_letter import correct_letter
from valedor.handling.actions.issue_access_code import issue_access_code, revoke_links
from valedor.handling.actions.protect import lift_protection, protect
from valedor.people.models import ContactPoint
from valedor.procedures.applicable import applied_clocks
from valedor.procedures.vocabulary_tables import vocabulary

FACT = "fact_"
YES_NO = [
    ("", gettext_lazy("Nobody knows yet")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
]


class _Correction(ActForm):
    reason = text_field(gettext_lazy("What was wrong, and how do you know?"), rows=2)


class ReceivedAtForm(_Correction):
    """When it really reached the house."""

    received_at = forms.DateTimeField(
        label=gettext_lazy("When did it reach us?"), widget=MomentInput()
    )
    field_order = ("received_at", "reason")


def received_then(situation: Situation) -> Mapping[str, Any]:
    return {"received_at": timezone.localtime(situation.case.received_at, situation.zone)}


def do_received_at(situation: Situation, given: Mapping[str, Any]) -> str:
    moment: datetime = given["received_at"]
    correct.correct_received_at(
        situation.case,
        received_at=moment,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Corrected; the limits are counted anew.")


class KindForm(_Correction):
    """What kind of contact it really is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of contact is it?"), choices=Kind.choices
    )
    field_order = ("kind", "reason")


def same_kind(situation: Situation) -> Mapping[str, Any]:
    return {"kind": situation.case.kind}


def do_kind(situation: Situation, given: Mapping[str, Any]) -> str:
    correct.correct_kind(
        situation.case,
        kind=Kind(given["kind"]),
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Corrected; the limits of this kind hold now.")


class BecomingForm(ActForm):
    """What it has become, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of contact is it?"), choices=Kind.choices
    )
    reason = text_field(
        gettext_lazy("Why?"), help_text=gettext_lazy("The person reads this."), rows=2
    )


def do_become(situation: Situation, given: Mapping[str, Any]) -> str:
    change_kind(
        situation.case,
        kind=Kind(given["kind"]),
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Changed; the limits of this kind hold now, from the day it reached us.")


class CategoryForm(_Correction):
    """What it is really about."""

    category = forms.ChoiceField(label=gettext_lazy("What is it about?"))
    field_order = ("category", "reason")

    def prepare(self) -> None:
        house = self.situation.state.house
        today = local_day(self.situation.at, house.entity.timezone)
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (str(key), str(one.name))
            for key, one in house.categories.items()
            if one.valid_until is None or one.valid_until >= today
        ]


def same_category(situation: Situation) -> Mapping[str, Any]:
    return {"category": situation.case.category_id}


def do_category(situation: Situation, given: Mapping[str, Any]) -> str:
    correct.correct_category(
        situation.case,
        category=situation.state.house.categories[int(given["category"])],
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Corrected.")


class FactsForm(_Correction):
    """Answers on which the limits depend."""

    grows = FACT

    def prepare(self) -> None:
        case = self.situation.case
        for key in asked_facts(self.situation):
            known = case.facts.get(key)
            self.fields[f"{FACT}{key}"] = forms.ChoiceField(
                label=str(vocabulary("facts")[key]),
                choices=YES_NO,
                required=False,
                initial={True: "yes", False: "no"}.get(known, ""),
                widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


def asked_facts(situation: Situation) -> list[str]:
    """What the clocks of this case ask, answered or not."""
    case, state = situation.case, situation.state
    applied = applied_clocks(
        state.house, case.kind, {}, state.instances[0].kind, on=case.received_at
    )
    known = vocabulary("facts")
    asked = dict.fromkeys(key for one in applied for key in one.ask)
    asked |= dict.fromkeys(case.facts)
    return [key for key in asked if key in known and known[key].asked_of != "organisation"]


def do_facts(situation: Situation, given: Mapping[str, Any]) -> str:
    answers = {"yes": True, "no": False}
    facts = {
        name.removeprefix(FACT): answers.get(answer)
        for name, answer in given.items()
        if name.startswith(FACT)
    }
    before = situation.case.facts
    changed = {key: answer for key, answer in facts.items() if before.get(key) != answer}
    correct.correct_facts(
        situation.case,
        facts=changed or facts,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Corrected; the limits that depend on it hold now.")


class AddressForm(_Correction):
    """Where letters go from now on."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=[
            ("email", gettext_lazy("E-mail")),
            ("telephone", gettext_lazy("Telephone")),
            ("post", gettext_lazy("Postal address")),
        ],
    )
    value = forms.CharField(
        label=gettext_lazy("The right one"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        error_messages={"required": gettext_lazy("Write the right one.")},
    )
    field_order = ("kind", "value", "reason")

    def clean(self) -> dict[str, Any]:
        """An e-mail has to be one that a letter can go to."""
        given = self.cleaned_data
        value = given.get("value")
        if given.get("kind") == ContactPoint.Kind.EMAIL and value:
            try:
                validate_email(value.strip())
            except ValidationError:
                self.add_error(
                    "value", _("No letter can go to this address. Example: marta@example.org")
                )
        return given


def do_address(situation: Situation, given: Mapping[str, Any]) -> str:
    correct.correct_contact_point(
        situation.case,
        kind=ContactPoint.Kind(given["kind"]),
        value=given["value"],
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Corrected; letters go there from now on.")


class SubjectForm(_Correction):
    """The title that the house gave."""

    subject = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    field_order = ("subject", "reason")


def same_subject(situation: Situation) -> Mapping[str, Any]:
    return {"subject": situation.case.subject}


def do_subject(situation: Situation, given: Mapping[str, Any]) -> str:
    correct.correct_subject(
        situation.case,
        subject=given["subject"],
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Corrected.")


class LetterForm(_Correction):
    """The letter as it should have been."""

    body = text_field(gettext_lazy("The letter"), rows=14)
    field_order = ("body", "reason")


def same_letter(situation: Situation) -> Mapping[str, Any]:
    return {"body": _letter(situation).body}


def _letter(situation: Situation) -> Letter:
    return reading.letter_of(situation.viewer, situation.case, situation.item or 0)


def why_not_letter(situation: Situation) -> Refusal | None:
    return rules.why_not_correct_letter(situation.state, situation.viewer, _letter(situation))


def do_letter(situation: Situation, given: Mapping[str, Any]) -> str:
    correct_letter(
        situation.case,
        letter=_letter(situation),
        body=given["body"],
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("Another letter takes its place.")


# ------------------------------------------------------------------ protection
def do_protect(situation: Situation, given: Mapping[str, Any]) -> str:
    protect(situation.case, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The person is protected: few see this case now.")


def do_lift_protection(situation: Situation, given: Mapping[str, Any]) -> str:
    lift_protection(situation.case, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The protection was lifted.")


# ------------------------------------------------------------------ keys
class AccessCodeForm(ActForm):
    """A link to an address known to be theirs, or a code into their hands."""

    way = forms.ChoiceField(label=gettext_lazy("How?"), widget=forms.RadioSelect())
    identity_check = forms.CharField(
        label=gettext_lazy("How did they prove who they are?"),
        help_text=gettext_lazy("Only for a code given here: the document you saw, what you asked."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def prepare(self) -> None:
        points = reading.contact_points_of(self.situation.case)
        mails = [one for one in points if one.kind == ContactPoint.Kind.EMAIL]
        self.points = {str(one.pk): one for one in mails}
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            *(
                (str(one.pk), _("A link by e-mail to %(address)s") % {"address": one.value})
                for one in mails
            ),
            ("here", _("A new code, read out or printed here")),
        ]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("way") == "here" and not given.get("identity_check", "").strip():
            self.add_error("identity_check", _("Say how they proved who they are."))
        return given


def do_access_code(situation: Situation, given: Mapping[str, Any]) -> str:
    points = {str(one.pk): one for one in reading.contact_points_of(situation.case)}
    point = points.get(given["way"])
    code = issue_access_code(
        situation.case,
        contact_point=point,
        identity_check="" if point else given["identity_check"],
        by=situation.by,
        at=situation.at,
    )
    if not code:
        return _("A new link is on its way; the old code no longer works.")
    situation.code = code
    return _("A new code was given; the one before no longer works.")


def do_revoke_links(situation: Situation, given: Mapping[str, Any]) -> str:
    revoke_links(situation.case, by=situation.by, at=situation.at)
    return _("Links mailed until now open nothing any more.")
