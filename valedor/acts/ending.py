"""What the person says to the answer, the end of a case, and what comes after it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.words import SPOKEN, text_field
from valedor.casefile.models import Case
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.close import close, withdraw
from valedor.handling.actions.reopen import reopen
from valedor.handling.actions.tell_measure import tell_measure
from valedor.handling.models import Closure
from valedor.orders.models import Order
from valedor.review.actions.contest import contest
from valedor.review.rules import why_not_contest


class HeardForm(ActForm):
    """How the person said it."""

    channel = forms.ChoiceField(label=gettext_lazy("How did they say it?"), choices=SPOKEN)


def do_accept(situation: Situation, given: Mapping[str, Any]) -> str:
    accept_answer(
        situation.case,
        channel=Case.Channel(given["channel"]),
        by=situation.by,
        at=situation.at,
    )
    return _("The person agrees.")


class WithdrawalForm(HeardForm):
    """How, and why if they said so."""

    reason = forms.CharField(
        label=gettext_lazy("Why, if they said so"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


def do_withdraw(situation: Situation, given: Mapping[str, Any]) -> str:
    withdraw(
        situation.case,
        reason=given["reason"],
        channel=Case.Channel(given["channel"]),
        by=situation.by,
        at=situation.at,
    )
    if situation.order is not None and situation.order.state == Order.State.PREPARING:
        situation.said.append(
            _("Their order is being prepared already: it stands until you cancel it.")
        )
    return _("The case is withdrawn; the person gets a confirmation.")


class ContestForm(HeardForm):
    """With what they do not agree."""

    reasons = text_field(gettext_lazy("With what do they not agree, and why?"))


def why_no_second_look(situation: Situation) -> Refusal | None:
    return why_not_contest(situation.state, situation.viewer)


def do_contest(situation: Situation, given: Mapping[str, Any]) -> str:
    contest(
        situation.case,
        reasons=given["reasons"],
        channel=Case.Channel(given["channel"]),
        by=situation.by,
        at=situation.at,
    )
    return _("Somebody who had no part in it looks again.")


class _Grounds(forms.RadioSelect):
    """A list in which what does not hold now is greyed, its reason beside it."""

    refused: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **others: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **others)
        if str(value) in self.refused:
            option["attrs"]["disabled"] = True
        return option


class ClosureForm(ActForm):
    """On what ground it ends."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does it end?"),
        widget=_Grounds(),
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    note = forms.CharField(
        label=gettext_lazy("A word to the person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def prepare(self) -> None:
        here, options, refused = self.situation, [], set()
        for value, label in Closure.Reason.choices:
            if value == Closure.Reason.MERGED:
                continue  # An act of its own.
            refusal = rules.why_not_close(here.state, here.viewer, at=here.at, reason=value)
            options.append((value, str(label) if refusal is None else f"{label} — {refusal}"))
            if refusal is not None:
                refused.add(str(value))
            elif not self.fields["reason"].initial:
                self.fields["reason"].initial = value
        self.fields["reason"].choices = options  # type: ignore[attr-defined]
        self.fields["reason"].widget.refused = frozenset(refused)


def do_close(situation: Situation, given: Mapping[str, Any]) -> str:
    close(
        situation.case,
        reason=Closure.Reason(given["reason"]),
        note=given["note"],
        by=situation.by,
        at=situation.at,
    )
    return _("The case is closed; the person and the areas concerned are told.")


class ReopeningForm(ActForm):
    """Why it goes on."""

    reason = text_field(gettext_lazy("Why does it go on?"), rows=3)


def do_reopen(situation: Situation, given: Mapping[str, Any]) -> str:
    reopen(situation.case, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The case goes on; its limits begin anew.")


class MeasureForm(ActForm):
    """What was changed."""

    text = text_field(
        gettext_lazy("What was changed because of this case?"),
        help_text=gettext_lazy("The person reads it."),
    )


def do_tell_measure(situation: Situation, given: Mapping[str, Any]) -> str:
    tell_measure(situation.case, text=given["text"], by=situation.by, at=situation.at)
    return _("The person is told.")
