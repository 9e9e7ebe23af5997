"""What comes next in a case: the steps across its top, and its one primary button."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from valedor.acts import ACTS, Situation
from valedor.acts.order import products
from valedor.casefile.models import Case, Kind, Letter, Stage
from valedor.design.parts import Step, StepState
from valedor.handling.models import Redress
from valedor.handling.queries import CaseState
from valedor.orders.models import Order
from valedor.orders.rules import why_not_name_product
from valedor.review.office.models import Hearing
from valedor.review.office.rules import why_not_answer_hearing


@dataclass(frozen=True)
class Next:
    """The button that stands first: its words, where it leads, and why not, if not."""

    label: str
    url: str
    refusal: str = ""


def next_step(situation: Situation, asked: Sequence[Hearing] = ()) -> Next | None:
    """What whoever is responsible does next; nothing where the case waits for somebody else. Once
    the answer is out, what the ombudsman's office ``asked`` comes first.
    """
    if asked and (situation.case.closed_at is not None or _is_answered(situation.state)):
        refused = why_not_answer_hearing(situation.viewer, asked[0])
        url = reverse("desk:hearing", args=[asked[0].pk])
        return Next(_("Answer the ombudsman…"), url, str(refused or ""))
    noun, item, label = _next(situation)
    if not noun:
        return None
    case = situation.case
    if noun == "letters":
        return Next(label, reverse("desk:case_letters", args=[case.reference]))
    if noun == "order" and item is None:
        # One of several, which the page of the case lists.
        here = situation.with_rights_here()
        refused = why_not_name_product(here.state, here.viewer, None)
        return Next(label, "#products_title", str(refused or ""))
    act = ACTS[noun]
    there = Situation(case=case, viewer=situation.viewer, at=situation.at, item=item)
    there.__dict__["state"] = situation.state
    there.__dict__["refusals"] = situation.refusals
    names = [case.reference, noun]
    refused = act.refusal(there)
    return Next(
        label,
        reverse(
            "desk:act" if item is None else "desk:act_on",
            args=names if item is None else [*names, item],
        ),
        str(refused or ""),
    )


def _is_answered(state: CaseState) -> bool:
    return state.response is not None and state.response.sent_at is not None


def _next(situation: Situation) -> tuple[str, int | None, str]:
    case, state = situation.case, situation.state
    if case.erased_at is not None:
        return "", None, ""
    if case.closed_at is not None:
        if case.kind == Kind.ORDER and _is_being_prepared(situation.order):
            return "order-delivery", None, str(_NEXT_OF_ORDER[Order.State.PREPARING][1])
        return "reopening", None, _("Reopen…")
    if case.is_marked_abuse:
        return "mark", None, _("Look at the mark…")
    if case.kind == Kind.BOOKING and situation.booking is not None:
        return "attendance", None, _("They came…")
    if case.kind == Kind.ORDER and situation.order is not None:
        noun, label = _NEXT_OF_ORDER[Order.State(situation.order.state)]
        return noun, None, str(label)
    if state.response is None and (offered := products(situation)):
        return "order", offered[0] if len(offered) == 1 else None, _("Write down the order…")
    if state.response is None:
        return _before_the_answer(situation)
    if not _is_answered(state):
        return "letters", None, _("See to the letter…")
    for redress in state.redress:
        if redress.state == Redress.State.ACCEPTED:
            return "execution", redress.pk, _("Carry out…")
    if state.is_before_a_body:
        return "", None, ""  # Whose turn it is there, and what can be done, its own card says.
    return "closure", None, _("Close…")


def _is_being_prepared(order: Order | None) -> bool:
    """A case that was withdrawn too late leaves an order that still has to be seen to."""
    return order is not None and order.state == Order.State.PREPARING


_NEXT_OF_ORDER = {
    Order.State.RECEIVED: ("order-confirmation", gettext_lazy("Confirm…")),
    Order.State.CONFIRMED: ("order-preparation", gettext_lazy("It is being prepared…")),
    Order.State.PREPARING: ("order-delivery", gettext_lazy("It is delivered…")),
    Order.State.FULFILLED: ("closure", gettext_lazy("Close…")),
    Order.State.CANCELLED: ("closure", gettext_lazy("Close…")),
}


def _before_the_answer(situation: Situation) -> tuple[str, int | None, str]:
    case, state = situation.case, situation.state
    if case.holder_id is None and not state.is_served_with_a_word and state.assessment is not None:
        return "taking", None, _("Take it")
    if case.kind == Kind.THANKS and not state.thanks:
        return "thanks", None, _("Pass on…")
    if state.is_served_with_a_word:
        return "response", None, _("Answer…")
    if state.assessment is None:
        return "assessment", None, _("Assess…")
    if state.cure is not None and state.cure.lapsed_at is None:
        return "cure", None, _("It is complete…")
    if not state.findings and state.assessment.is_admissible:
        return "finding", None, _("Record a finding…")
    if state.undecided:
        return "decision", state.undecided[0].ordinal, _("Decide…")
    return "response", None, _("Answer…")


_ORDER = [
    Stage.RECEIVED,
    Stage.ASSESSED,
    Stage.INVESTIGATION,
    Stage.DECIDED,
    Stage.ANSWERED,
    Stage.CLOSED,
]
_STANDS_AT = {
    Stage.INCOMPLETE: Stage.RECEIVED,
    Stage.AWAITING_COMPLAINANT: Stage.INVESTIGATION,
    Stage.ANSWERED_NOT_SENT: Stage.ANSWERED,
    Stage.CONTESTED: Stage.INVESTIGATION,
}


def steps_of(state: CaseState) -> list[Step]:
    """The way of a case from receipt to its end."""
    case = state.case
    order = (
        [Stage.RECEIVED, Stage.ANSWERED, Stage.CLOSED] if state.is_served_with_a_word else _ORDER
    )
    stands_at = _STANDS_AT.get(Stage(case.stage), Stage(case.stage))
    if stands_at not in order:
        stands_at = Stage.RECEIVED
    now_at = order.index(stands_at)
    steps = []
    for number, stage in enumerate(order):
        name = str(Stage(case.stage).label) if number == now_at else _name(stage)
        done: StepState = "done" if number < now_at else "now" if number == now_at else "ahead"
        if stage == Stage.CLOSED and case.stage == Stage.CLOSED:
            done = "done"
        steps.append(Step(name=name, state=done))
    return steps


def _name(stage: Stage) -> str:
    return {
        Stage.RECEIVED: pgettext("step", "Received"),
        Stage.ASSESSED: pgettext("step", "Assessed"),
        Stage.INVESTIGATION: pgettext("step", "Under investigation"),
        Stage.DECIDED: pgettext("step", "Decided"),
        Stage.ANSWERED: pgettext("step", "Answered"),
        Stage.CLOSED: pgettext("step", "Closed"),
    }[stage]


def letter_state(letter: Letter) -> str:
    """Where a letter is on its way, in words."""
    if letter.state == Letter.State.ACCEPTED and letter.channel == Case.Channel.IN_PERSON:
        return _("handed over")
    if letter.state == Letter.State.REFUSED and letter.returned:
        why = Letter.Returned(letter.returned).label
        return _("came back by post: %(why)s") % {"why": why}
    if letter.channel == Case.Channel.LETTER and letter.arrived_at is not None:
        return _("delivered, with proof")
    if letter.state == Letter.State.ACCEPTED and letter.proof:
        return _("posted, with proof: %(proof)s") % {"proof": letter.proof}
    return {
        Letter.State.QUEUED: _("about to be sent"),
        Letter.State.SENDING: _("being sent"),
        Letter.State.WAITING: _("waits for somebody: print and post it, or hand it over"),
        Letter.State.ACCEPTED: _("on its way"),
        Letter.State.REFUSED: _("came back"),
        Letter.State.CANCELLED: _("cancelled"),
    }[Letter.State(letter.state)]
