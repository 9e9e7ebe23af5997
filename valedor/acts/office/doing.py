"""What each act of the office does, to which thing of a file, and with what it begins."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from valedor.acts.act import Situation
from valedor.acts.office import reading
from valedor.acts.office.situation import at_file
from valedor.foundation.moments import last_day
from valedor.foundation.refusals import Refusal
from valedor.review.office import rules
from valedor.review.office.actions import admit, extend, hear, opine, take
from valedor.review.office.models import Statement


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
        situation.case,
        text=given["text"],
        send_by=last_day(given["answer_by"], situation.case.entity.timezone),
        **_with(situation),
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
    hear.show(
        situation.case,
        statement=at_file(situation).statement,
        text=given["text"],
        answer_by=given["answer_by"],
        **_with(situation),
    )
    return _("The other side reads it now.")


def do_note_evidence(situation: Situation, given: Mapping[str, Any]) -> str:
    statement = at_file(situation).statement
    hear.note_evidence(situation.case, statement=statement, text=given["text"], **_with(situation))
    return _("Written down. Show it to both sides.")


def do_write(situation: Situation, given: Mapping[str, Any]) -> str:
    hear.write(situation.case, text=given["text"], **_with(situation))
    return _("The message is on its way.")


def do_extend(situation: Situation, given: Mapping[str, Any]) -> str:
    extend.extend(situation.case, length=given["length"], reason=given["text"], **_with(situation))
    return _("Extended. Both sides are told the new day, and why.")


def do_prove(situation: Situation, given: Mapping[str, Any]) -> str:
    known = {str(one.pk): one for one in reading.documents_to_cite(at_file(situation).fs)}
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
    opine.conclude(
        situation.case,
        given=opine.ConclusionGiven(
            grievance=reading.point_of(at_file(situation).fs, situation.item or 0),
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


def do_give_way(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.give_way(situation.case, reasons=given["text"], **_with(situation))
    return _("The person reads why, and where it goes on.")


def do_verify(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.verify(
        situation.case, is_done=given["is_done"] == "yes", text=given["text"], **_with(situation)
    )
    return _("Written down.")


def do_close(situation: Situation, given: Mapping[str, Any]) -> str:
    opine.close(situation.case, **_with(situation))
    return _("The file is closed.")


# ------------------------------------------------------------------ to which thing
def said(situation: Situation) -> list[int]:
    return [one.pk for one in at_file(situation).fs.to_show]


def asked_of_third(situation: Situation) -> list[int]:
    return [one.pk for one in at_file(situation).fs.unanswered if one.side == Statement.Side.THIRD]


def points(situation: Situation) -> list[int]:
    return [one.pk for one in at_file(situation).fs.grievances]


def why_not_show(situation: Situation) -> Refusal | None:
    return rules.why_not_show(at_file(situation).fs, situation.viewer, at_file(situation).statement)


def why_not_extend(situation: Situation) -> Refusal | None:
    return rules.why_not_extend(at_file(situation).fs, situation.viewer, at=situation.at)


def shown_text(situation: Situation) -> dict[str, Any]:
    return {"text": at_file(situation).statement.text}


def drafted_conclusion(situation: Situation) -> dict[str, Any]:
    drafted = {one.grievance_id: one for one in at_file(situation).fs.conclusions}
    one = drafted.get(situation.item or 0)
    if one is None:
        return {}
    return {
        "outcome": one.outcome,
        "reasons": one.reasons,
        "to_do": one.to_do,
        "do_by": one.do_by,
    }


def drafted_principles(situation: Situation) -> dict[str, Any]:
    opinion = at_file(situation).fs.opinion
    return {"text": opinion.principles, "binds": opinion.binds} if opinion else {}


def point_heading(situation: Situation) -> str:
    point = reading.point_of(at_file(situation).fs, situation.item or 0)
    return _("Conclusion on point %(number)s: %(text)s") % {
        "number": point.ordinal,
        "text": point.text,
    }
