"""What the company says to the ombudsman's office: to a question, to what the other side said, to a
proposal, to an opinion; and a proposal of its own.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.files import files_field, kept_file
from valedor.acts.reading import office as reading
from valedor.acts.words import text_field
from valedor.casefile.documents import FileRefused, Kept
from valedor.clocks.fresh import end_of_day
from valedor.design.forms import DayInput
from valedor.foundation.moments import local_day
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import Refusal
from valedor.procedures.house_rules import house_rules
from valedor.review.office import rules
from valedor.review.office.actions.hear import answer_hearing
from valedor.review.office.actions.opine import answer_opinion, say_carried_out
from valedor.review.office.actions.settle import answer_offer_of_hearing, propose_from_hearing
from valedor.review.office.models import Hearing

What = Hearing.What
_TO_ANSWER_A_PROPOSAL = timedelta(days=14)


# ------------------------------------------------------------------ what is asked of the company
class StatementForm(DeskForm):
    """What the company has to say."""

    text = text_field(gettext_lazy("What the company says"))
    file = files_field(gettext_lazy("Documents"))


class OpinionForm(DeskForm):
    """Whether the company follows an opinion."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Does the company follow the opinion?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, for these reasons"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("The person reads this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A no has its reasons."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == "no" and not given.get("text", "").strip():
            self.add_error("text", _("Give the reasons: the person reads them."))
        return given


class OfferForm(DeskForm):
    """Yes or no to a proposal."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What does the company say to the proposal?"),
        choices=[("yes", gettext_lazy("Accept it")), ("no", gettext_lazy("Decline it"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )


class DoneForm(DeskForm):
    """What was done of an opinion."""

    text = text_field(gettext_lazy("What was done, and when?"), rows=4)


class ProposalForm(DeskForm):
    """A proposal of the company's own."""

    option = forms.ChoiceField(label=gettext_lazy("What is proposed?"))
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), required=False, min_value=Decimal("0.01"), max_digits=12,
        decimal_places=2,
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("In words"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when may the person answer?"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Name the day.")},
    )

    def prepare(self) -> None:
        desk = self.situation
        house = house_rules(hearing_of(desk).entity_id)
        today = local_day(desk.at, house.entity.timezone)
        self.fields["answer_by"].initial = today + _TO_ANSWER_A_PROPOSAL
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            (option.key, str(option.name)) for option in house.redress_options
        ]


# ------------------------------------------------------------------ to which of them
def hearing_of(desk: Desk, *kinds: str) -> Hearing:
    """What the address names, of one of these kinds. Raises ``Http404``."""
    found = reading.hearing_for(desk.viewer, number_of(desk))
    if kinds and found.what not in kinds:
        raise Http404
    return found


def _waiting(desk: Desk, *kinds: str) -> list[tuple[str, str]]:
    every = reading.hearings_for(desk.viewer, waiting=False)
    return [
        (str(one.pk), one.case.reference)
        for one in every
        if one.what in kinds and one.answered_at is None and one.ended_at is None
    ]


def asked(desk: Desk) -> list[tuple[str, str]]:
    """What the company is asked, or was shown, and has not answered."""
    return _waiting(desk, What.STATEMENT, What.SHOWN)


def asked_or_offered(desk: Desk) -> list[tuple[str, str]]:
    """What the company can answer with a proposal of its own."""
    return _waiting(desk, What.STATEMENT, What.SHOWN, What.OFFER)


def offers(desk: Desk) -> list[tuple[str, str]]:
    """The person's proposals that wait for the company's word."""
    return _waiting(desk, What.OFFER)


def opinions(desk: Desk) -> list[tuple[str, str]]:
    """The opinions to which the company has not said whether it follows them."""
    return _waiting(desk, What.OPINION)


def opinions_answered(desk: Desk) -> list[tuple[str, str]]:
    """The opinions of which the company can say what it did."""
    every = reading.hearings_for(desk.viewer, waiting=False)
    return [(str(one.pk), one.case.reference) for one in every if may_say_done(one)]


def may_say_done(one: Hearing) -> bool:
    """Whether it is an opinion that was answered, and the last word of its file."""
    is_answered = one.what == What.OPINION and one.answered_at is not None
    return is_answered and one.ended_at is None and reading.later_of(one)[-1].pk == one.pk


# ------------------------------------------------------------------ why not
def why_not_answer(desk: Desk) -> Refusal | None:
    return rules.why_not_answer_hearing(desk.viewer, hearing_of(desk, What.STATEMENT, What.SHOWN))


def why_not_answer_offer(desk: Desk) -> Refusal | None:
    return rules.why_not_answer_hearing(desk.viewer, hearing_of(desk, What.OFFER))


def why_not_answer_opinion(desk: Desk) -> Refusal | None:
    return rules.why_not_answer_hearing(desk.viewer, hearing_of(desk, What.OPINION))


def why_not_say_done(desk: Desk) -> Refusal | None:
    one = hearing_of(desk, What.OPINION)
    if not may_say_done(one):
        return rules.why_not_carry_out(None)
    return rules.why_not_speak_for_company(desk.viewer, one)


def why_not_propose(desk: Desk) -> Refusal | None:
    one = hearing_of(desk)
    if one.what == What.OFFER:  # Instead of what the person proposes: as long as that is open.
        return rules.why_not_answer_hearing(desk.viewer, one)
    return rules.why_not_speak_for_company(desk.viewer, one)


# ------------------------------------------------------------------ what each does
def do_answer(desk: Desk, given: Mapping[str, Any]) -> str:
    one, kept = hearing_of(desk), list[Kept]()
    for upload in desk.files:
        try:
            kept.append(kept_file(upload))
        except FileRefused as refused:
            desk.said.append(str(refused.refusal))
    answer_hearing(
        one.case, hearing=one, text=given["text"], documents=kept, by=desk.by, at=desk.at
    )
    return _("The office has it.")


def do_answer_offer(desk: Desk, given: Mapping[str, Any]) -> str:
    one, accept = hearing_of(desk), given["answer"] == "yes"
    answer_offer_of_hearing(one.case, hearing=one, accept=accept, by=desk.by, at=desk.at)
    return _("Your word is with both sides.")


def do_answer_opinion(desk: Desk, given: Mapping[str, Any]) -> str:
    one, accept = hearing_of(desk), given["answer"] == "yes"
    answer_opinion(
        one.case, hearing=one, accept=accept, reasons=given["text"], by=desk.by, at=desk.at
    )
    return _("The office and the person know what the company says.")


def do_say_done(desk: Desk, given: Mapping[str, Any]) -> str:
    one = hearing_of(desk)
    say_carried_out(one.case, hearing=one, text=given["text"], by=desk.by, at=desk.at)
    return _("The office and the person know: the person is asked whether it is so.")


def do_propose(desk: Desk, given: Mapping[str, Any]) -> str:
    one = hearing_of(desk)
    entity = house_rules(one.entity_id).entity
    zone = ZoneInfo(entity.timezone)
    propose_from_hearing(
        one.case,
        hearing=one,
        option=given["option"],
        amount=given["amount"],
        currency=currency_of(entity.country) if given["amount"] else "",
        text=given["text"],
        answer_by=end_of_day(given["answer_by"], zone),
        by=desk.by,
        at=desk.at,
    )
    return _("The person reads the proposal, and says yes or no.")
