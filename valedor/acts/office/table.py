"""Every act of the office by the noun of its address (``/desk/office/REFERENCE/admission``)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import Act, Situation, Text
from valedor.acts.office import forms, reading
from valedor.acts.office.situation import OfficeSituation
from valedor.foundation.refusals import Refusal
from valedor.review.office import rules
from valedor.review.office.actions import admit, hear, opine, take
from valedor.review.office.models import Proceeding, Statement

State = Proceeding.State
Rule = Callable[[OfficeSituation], Refusal | None]

GROUPS: dict[str, Text] = {
    "door": gettext_lazy("Whether to deal with it"),
    "hear": gettext_lazy("Hear both sides"),
    "opine": gettext_lazy("The opinion"),
    "inside": gettext_lazy("In the office"),
}


def _why(rule: Callable[..., Refusal | None]) -> Callable[[Situation], Refusal | None]:
    """A rule that asks for nothing but the file and who stands before it."""

    def why_not(situation: Situation) -> Refusal | None:
        assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
        return rule(situation.fs, situation.viewer)

    return why_not


def _stands(*states: str) -> Callable[[Situation], bool]:
    """An act has to do with files that stand there."""

    def concerns(situation: Situation) -> bool:
        assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
        return situation.fs.proceeding.state in states

    return concerns


def _with(situation: Situation) -> dict[str, Any]:
    return {"by": situation.by, "at": situation.at}


# ------------------------------------------------------------------ what each does
def do_take(situation: Situation, given: Mapping[str, Any]) -> str:
    take.take_up(situation.case, **_with(situation))
    return _("The file is with you now.")


def do_recuse(situation: Situation, given: Mapping[str, Any]) -> str:
    take.recuse(situation.case, reasons=given["text"], **_with(situation))
    return _("You take no part in this file any more.")


def do_note(situation: Situation, given: Mapping[str, Any]) -> str:
    take.note(situation.case, text=given["text"], **_with(situation))
    return _("The note is kept in the office.")


def do_ask_missing(situation: Situation, given: Mapping[str, Any]) -> str:
    admit.ask_missing(
        situation.case, text=given["text"], send_by=given["answer_by"].date(), **_with(situation)
    )
    return _("The person is asked for it. The limit of admission waits.")


def do_pass_on(situation: Situation, given: Mapping[str, Any]) -> str:
    admit.pass_on(situation.case, text=given["text"], **_with(situation))
    return _("The company has it now, and the person knows. It comes back by itself.")


def do_admit(situation: Situation, given: Mapping[str, Any]) -> str:
    admit.admit(situation.case, text=given["text"], **_with(situation))
    return _("Admitted. The time for the opinion runs.")


def do_refuse(situation: Situation, given: Mapping[str, Any]) -> str:
    admit.refuse(situation.case, ground=given["ground"], reasons=given["text"], **_with(situation))
    return _("The person reads why, and where else to turn.")


def do_ask(situation: Situation, given: Mapping[str, Any]) -> str:
    hear.ask(
        situation.case,
        side=Statement.Side(given["side"]),
        whom=given["whom"],
        text=given["text"],
        answer_by=given["answer_by"],
        is_official=given["is_official"],
        **_with(situation),
    )
    return _("Asked.")


def do_show(situation: Situation, given: Mapping[str, Any]) -> str:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    hear.show(
        situation.case,
        statement=situation.statement,
        text=given["text"],
        answer_by=given["answer_by"],
        **_with(situation),
    )
    return _("The other side reads it now.")


def do_note_evidence(situation: Situation, given: Mapping[str, Any]) -> str:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    hear.note_evidence(
        situation.case, statement=situation.statement, text=given["text"], **_with(situation)
    )
    return _("Written down. Show it to both sides.")


def do_write(situation: Situation, given: Mapping[str, Any]) -> str:
    hear.write(situation.case, text=given["text"], **_with(situation))
    return _("The message is on its way.")


def do_prove(situation: Situation, given: Mapping[str, Any]) -> str:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    known = {str(one.pk): one for one in reading.documents_to_cite(situation.fs)}
    opine.hold_proved(
        situation.case,
        text=given["text"],
        shown_by=given["shown_by"],
        document=known.get(given["document"]),
        **_with(situation),
    )
    return _("The fact stands in the draft.")


def do_apply(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.apply_principles(
        situation.case, text=given["text"], binds=given["binds"], **_with(situation)
    )
    return _("It stands in the draft.")


def do_conclude(situation: Situation, given: Mapping[str, Any]) -> str:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    opine.conclude(
        situation.case,
        given=opine.ConclusionGiven(
            grievance=reading.point_of(situation.fs, situation.item or 0),
            outcome=given["outcome"],
            reasons=given["reasons"],
            to_do=given["to_do"],
            do_by=given["do_by"],
        ),
        **_with(situation),
    )
    return _("It stands in the draft.")


def do_sign(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.sign(situation.case, **_with(situation))
    return _("Signed, and sent to both sides.")


def do_verify(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.verify(
        situation.case, is_done=given["is_done"] == "yes", text=given["text"], **_with(situation)
    )
    return _("Written down.")


def do_close(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.close(situation.case, **_with(situation))
    return _("The file is closed.")


# ------------------------------------------------------------------ to which thing
def _said(situation: Situation) -> list[int]:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    return [one.pk for one in situation.fs.to_show]


def _asked_of_third(situation: Situation) -> list[int]:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    return [one.pk for one in situation.fs.unanswered if one.side == Statement.Side.THIRD]


def _points(situation: Situation) -> list[int]:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    return [one.pk for one in situation.fs.grievances]


def _why_not_show(situation: Situation) -> Refusal | None:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    return rules.why_not_show(situation.fs, situation.viewer, situation.statement)


def _shown_text(situation: Situation) -> dict[str, Any]:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    return {"text": situation.statement.text}


def _drafted_conclusion(situation: Situation) -> dict[str, Any]:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    drafted = (one for one in situation.fs.conclusions if one.grievance_id == situation.item)
    one = next(drafted, None)
    if one is None:
        return {}
    return {
        "outcome": one.outcome,
        "reasons": one.reasons,
        "to_do": one.to_do,
        "do_by": one.do_by,
    }


def _drafted_principles(situation: Situation) -> dict[str, Any]:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    opinion = situation.fs.opinion
    return {"text": opinion.principles, "binds": opinion.binds} if opinion else {}


def _point_heading(situation: Situation) -> str:
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- acts of the office
    point = reading.point_of(situation.fs, situation.item or 0)
    return _("Conclusion on point %(number)s: %(text)s") % {
        "number": point.ordinal,
        "text": point.text,
    }


AT_THE_DOOR = _stands(State.RECEIVED, State.INCOMPLETE)
HEARING = _stands(State.ADMITTED)
AFTER = _stands(State.DECIDED, State.SETTLED)

OFFICE_ACTS: dict[str, Act] = {
    act.noun: act
    for act in (
        Act(
            noun="admission",
            title=gettext_lazy("Admit it"),
            button=gettext_lazy("Admit it"),
            words=gettext_lazy("The time for the opinion begins, and the person is told."),
            form=forms.WordToPersonForm,
            do=do_admit,
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
            do=do_ask_missing,
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
            do=do_pass_on,
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
            do=do_refuse,
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
            do=do_ask,
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
            do=do_show,
            items=_said,
            initial=_shown_text,
            why_not=_why_not_show,
            concerns=HEARING,
            group="hear",
            icon="eye",
        ),
        Act(
            noun="evidence",
            title=gettext_lazy("Write down what was answered"),
            button=gettext_lazy("Keep it"),
            form=forms.EvidenceForm,
            do=do_note_evidence,
            items=_asked_of_third,
            why_not=_why(rules.why_not_note),
            concerns=HEARING,
            group="hear",
            icon="note",
        ),
        Act(
            noun="word",
            title=gettext_lazy("Write to the person"),
            button=gettext_lazy("Send"),
            form=forms.TextForm,
            do=do_write,
            why_not=_why(rules.why_not_write),
            group="hear",
            icon="mail",
        ),
        Act(
            noun="fact",
            title=gettext_lazy("Hold a fact proved"),
            button=gettext_lazy("Put it into the draft"),
            form=forms.FactForm,
            do=do_prove,
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
            do=do_apply,
            initial=_drafted_principles,
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
            do=do_conclude,
            items=_points,
            initial=_drafted_conclusion,
            heading=_point_heading,
            why_not=_why(rules.why_not_draft),
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
            do=do_sign,
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
            do=do_verify,
            why_not=_why(rules.why_not_verify),
            concerns=AFTER,
            group="opine",
            icon="check",
        ),
        Act(
            noun="end",
            title=gettext_lazy("Close the file"),
            button=gettext_lazy("Close the file"),
            do=do_close,
            why_not=_why(rules.why_not_close),
            concerns=AFTER,
            group="opine",
            icon="lock",
        ),
        Act(
            noun="taking",
            title=gettext_lazy("Take the file up"),
            button=gettext_lazy("Take it up"),
            do=do_take,
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
            do=do_note,
            why_not=_why(rules.why_not_note),
            group="inside",
            icon="note",
        ),
        Act(
            noun="recusal",
            title=gettext_lazy("Take no part in this file"),
            button=gettext_lazy("Step back"),
            form=forms.ReasonsForm,
            do=do_recuse,
            why_not=_why(rules.why_not_recuse),
            group="inside",
            icon="person",
            is_danger=True,
        ),
    )
}
