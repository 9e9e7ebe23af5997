"""Every act of the office by the noun of its address (``/desk/office/REFERENCE/admission``)."""

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext_lazy

from valedor.acts.act import Act, Situation, Text
from valedor.acts.office import doing, forms
from valedor.acts.office.situation import at_file
from valedor.acts.table.participants import acts_in
from valedor.foundation.refusals import Refusal
from valedor.review.office import rules
from valedor.review.office.models import Proceeding

State = Proceeding.State

GROUPS: dict[str, Text] = {
    "door": gettext_lazy("Whether to deal with it"),
    "hear": gettext_lazy("Hear both sides"),
    "opine": gettext_lazy("The opinion"),
    "inside": gettext_lazy("In the office"),
}


def _why(rule: Callable[..., Refusal | None]) -> Callable[[Situation], Refusal | None]:
    """A rule that asks for nothing but the file and who stands before it."""

    def why_not(situation: Situation) -> Refusal | None:
        return rule(at_file(situation).fs, situation.viewer)

    return why_not


def _of(
    things: Callable[[Situation], list[int]], rule: Callable[..., Refusal | None]
) -> Callable[[Situation], Refusal | None]:
    """The same of an act on one thing of a file. Raises ``Http404`` for what is no such thing."""

    def why_not(situation: Situation) -> Refusal | None:
        if situation.item not in things(situation):
            raise Http404
        return rule(at_file(situation).fs, situation.viewer)

    return why_not


def _stands(*states: str) -> Callable[[Situation], bool]:
    """An act has to do with files that stand there."""

    def concerns(situation: Situation) -> bool:
        return at_file(situation).fs.proceeding.state in states

    return concerns


AT_THE_DOOR = _stands(State.RECEIVED, State.INCOMPLETE)
HEARING = _stands(State.ADMITTED)
AFTER = _stands(State.DECIDED, State.SETTLED)

OFFICE_ACTS: dict[str, Act] = {
    act.noun: act
    for act in (
        *acts_in("inside"),
        Act(
            noun="admission",
            title=gettext_lazy("Admit it"),
            button=gettext_lazy("Admit it"),
            words=gettext_lazy("The time for the opinion begins, and the person is told."),
            form=forms.WordToPersonForm,
            do=doing.do_admit,
            why_not=_why(rules.why_not_admit),
            concerns=AT_THE_DOOR,
            group="door",
            icon="check",
        ),
        Act(
            noun="missing",
            title=gettext_lazy("Ask for what is missing"),
            button=gettext_lazy("Ask for it"),
            form=forms.MissingForm,
            do=doing.do_ask_missing,
            keeps_draft=True,
            why_not=_why(rules.why_not_ask_missing),
            concerns=AT_THE_DOOR,
            group="door",
            icon="question",
        ),
        Act(
            noun="passing-on",
            title=gettext_lazy("Pass it on to the company"),
            button=gettext_lazy("Pass it on"),
            words=gettext_lazy(
                "The company answers first. The person is told, and it comes back by itself."
            ),
            form=forms.WordToPersonForm,
            do=doing.do_pass_on,
            why_not=_why(rules.why_not_pass_on),
            concerns=AT_THE_DOOR,
            group="door",
            icon="send",
        ),
        Act(
            noun="refusal",
            title=gettext_lazy("Do not admit it"),
            button=gettext_lazy("Do not admit it"),
            form=forms.RefuseForm,
            do=doing.do_refuse,
            keeps_draft=True,
            why_not=_why(rules.why_not_refuse),
            concerns=AT_THE_DOOR,
            group="door",
            icon="close",
        ),
        Act(
            noun="question",
            title=gettext_lazy("Ask one side, an expert or an authority"),
            button=gettext_lazy("Ask"),
            form=forms.AskForm,
            do=doing.do_ask,
            keeps_draft=True,
            why_not=_why(rules.why_not_ask),
            concerns=HEARING,
            group="hear",
            icon="question",
        ),
        Act(
            noun="showing",
            title=gettext_lazy("Show it to the other side"),
            button=gettext_lazy("Show it"),
            form=forms.ShowForm,
            do=doing.do_show,
            keeps_draft=True,
            items=doing.said,
            initial=doing.shown_text,
            why_not=doing.why_not_show,
            concerns=HEARING,
            group="hear",
            icon="eye",
        ),
        Act(
            noun="evidence",
            title=gettext_lazy("Write down what was answered"),
            button=gettext_lazy("Keep it"),
            form=forms.EvidenceForm,
            do=doing.do_note_evidence,
            keeps_draft=True,
            items=doing.asked_of_third,
            why_not=_of(doing.asked_of_third, rules.why_not_note),
            concerns=HEARING,
            group="hear",
            icon="note",
        ),
        Act(
            noun="word",
            title=gettext_lazy("Write to the person"),
            button=gettext_lazy("Send"),
            form=forms.TextForm,
            do=doing.do_write,
            keeps_draft=True,
            why_not=_why(rules.why_not_write),
            group="hear",
            icon="mail",
        ),
        Act(
            noun="giving-way",
            title=gettext_lazy("A court or another body has it"),
            button=gettext_lazy("Stop here"),
            words=gettext_lazy(
                "The file ends without an opinion. The person reads why, and may come back should "
                "nobody decide it there."
            ),
            form=forms.ReasonsForm,
            do=doing.do_give_way,
            why_not=_why(rules.why_not_give_way),
            concerns=HEARING,
            group="hear",
            icon="close",
            is_danger=True,
        ),
        Act(
            noun="extension",
            title=gettext_lazy("Take longer for the opinion"),
            button=gettext_lazy("Extend it"),
            form=forms.ExtensionForm,
            do=doing.do_extend,
            keeps_draft=True,
            why_not=doing.why_not_extend,
            concerns=HEARING,
            group="hear",
            icon="clock",
        ),
        Act(
            noun="fact",
            title=gettext_lazy("Hold a fact proved"),
            button=gettext_lazy("Put it into the draft"),
            form=forms.FactForm,
            do=doing.do_prove,
            keeps_draft=True,
            why_not=_why(rules.why_not_draft),
            concerns=HEARING,
            group="opine",
            icon="search",
        ),
        Act(
            noun="principles",
            title=gettext_lazy("What the opinion applies"),
            button=gettext_lazy("Put it into the draft"),
            form=forms.PrinciplesForm,
            do=doing.do_apply,
            keeps_draft=True,
            initial=doing.drafted_principles,
            why_not=_why(rules.why_not_draft),
            concerns=HEARING,
            group="opine",
            icon="book",
        ),
        Act(
            noun="conclusion",
            title=gettext_lazy("Conclude on a point"),
            button=gettext_lazy("Put it into the draft"),
            form=forms.ConclusionForm,
            do=doing.do_conclude,
            keeps_draft=True,
            items=doing.points,
            initial=doing.drafted_conclusion,
            heading=doing.point_heading,
            why_not=_of(doing.points, rules.why_not_draft),
            concerns=HEARING,
            group="opine",
            icon="scales",
        ),
        Act(
            noun="signature",
            title=gettext_lazy("Sign the opinion"),
            button=gettext_lazy("Sign it and send it to both sides"),
            words=gettext_lazy("It is not changed any more after that."),
            form=forms.SignForm,
            do=doing.do_sign,
            why_not=_why(rules.why_not_sign),
            concerns=HEARING,
            group="opine",
            icon="pen",
        ),
        Act(
            noun="verification",
            title=gettext_lazy("Verify with the person"),
            button=gettext_lazy("Keep it"),
            form=forms.VerifyForm,
            do=doing.do_verify,
            keeps_draft=True,
            why_not=_why(rules.why_not_verify),
            concerns=AFTER,
            group="opine",
            icon="check",
        ),
        Act(
            noun="end",
            title=gettext_lazy("Close the file"),
            button=gettext_lazy("Close the file"),
            do=doing.do_close,
            why_not=_why(rules.why_not_close),
            concerns=AFTER,
            group="opine",
            icon="lock",
        ),
        Act(
            noun="taking",
            title=gettext_lazy("Take the file up"),
            button=gettext_lazy("Take it up"),
            do=doing.do_take,
            why_not=_why(rules.why_not_take),
            group="inside",
            icon="hand",
        ),
        Act(
            noun="deliberation",
            title=gettext_lazy("A note of the office"),
            button=gettext_lazy("Keep it"),
            words=gettext_lazy("Nobody outside the office reads it."),
            form=forms.TextForm,
            do=doing.do_note,
            keeps_draft=True,
            why_not=_why(rules.why_not_note),
            group="inside",
            icon="note",
        ),
        Act(
            noun="recusal",
            title=gettext_lazy("Take no part in this file"),
            button=gettext_lazy("Step back"),
            form=forms.ReasonsForm,
            do=doing.do_recuse,
            why_not=_why(rules.why_not_recuse),
            group="inside",
            icon="person",
            is_danger=True,
        ),
    )
}
