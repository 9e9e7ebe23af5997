"""Every rule of a case at once: what a page asks to know which of its buttons are grey."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState

from . import (
    answer,
    assessment,
    becoming,
    contacts,
    corrections,
    ending,
    identity,
    joining,
    protection,
    standing,
    substance,
    words,
)

Rule = Callable[[CaseState, Viewer], Refusal | None]


class RuleOfNow(Protocol):
    """A rule whose answer changes as time goes by."""

    def __call__(self, state: CaseState, viewer: Viewer, *, at: datetime) -> Refusal | None: ...


OF_STAFF: dict[str, Rule] = {
    "request_cure": assessment.why_not_request_cure,
    "cure": assessment.why_not_cure,
    "assess": assessment.why_not_assess,
    "assign": assessment.why_not_assign,
    "take": assessment.why_not_take,
    "hand_over": assessment.why_not_hand_over,
    "recuse": assessment.why_not_recuse,
    "give_part": assessment.why_not_give_part,
    "clear_mark": assessment.why_not_clear_mark,
    "write_note": words.why_not_write_note,
    "send_message": words.why_not_send_message,
    "receive_message": words.why_not_receive_message,
    "ask": words.why_not_ask,
    "ask_area": words.why_not_ask_area,
    "add_document": words.why_not_add_document,
    "find": substance.why_not_find,
    "decide": substance.why_not_decide,
    "offer_redress": substance.why_not_offer_redress,
    "respond": answer.why_not_respond,
    "extend": answer.why_not_extend,
    "tell_delay": answer.why_not_tell_delay,
    "pass_on": contacts.why_not_pass_on,
    "accept_answer": ending.why_not_accept_answer,
    "withdraw": ending.why_not_withdraw,
    "reopen": ending.why_not_reopen,
    "tell_measure": ending.why_not_tell_measure,
    "correct": corrections.why_not_correct,
    "change_kind": becoming.why_not_change_kind,
    "send_identity_code": identity.why_not_send_identity_code,
    "relate": joining.why_not_relate,
    "merge": joining.why_not_merge,
    "split": joining.why_not_split,
    "protect": protection.why_not_protect,
    "lift_protection": protection.why_not_lift_protection,
    "issue_access_code": corrections.why_not_issue_access_code,
    "revoke_links": corrections.why_not_revoke_links,
}
OF_STAFF_NOW: dict[str, RuleOfNow] = {
    "close": ending.why_not_close,
    "take_back_answer": answer.why_not_take_back_answer,
}
OF_PERSON: dict[str, Rule] = {
    "send_message": words.why_not_receive_message,
    "add_document": words.why_not_add_document,
    "cure": assessment.why_not_cure,
    "accept_answer": ending.why_not_accept_answer,
    "withdraw": ending.why_not_withdraw,
    "change_kind": becoming.why_not_change_kind,
}


def why_not_all(state: CaseState, viewer: Viewer, *, at: datetime) -> dict[str, Refusal | None]:
    """By the name of each action of the staff, what stands against it for this viewer now."""
    here = viewer.within(state.case.entity_id)
    refusals = {action: rule(state, here) for action, rule in OF_STAFF.items()}
    return refusals | {action: rule(state, here, at=at) for action, rule in OF_STAFF_NOW.items()}


def why_not_all_for_person(state: CaseState, *, actor: str) -> dict[str, Refusal | None]:
    """The same for the person whose case it is, or who speaks for them.

    Contesting an answer belongs to ``review``.
    """
    person = Viewer(case_id=state.case.pk)
    refusals = {action: rule(state, person) for action, rule in OF_PERSON.items()}
    narrow = standing.why_not_for_person(state, person, actor=actor)
    if narrow is not None:
        refusals["accept_answer"] = refusals["withdraw"] = narrow
    return refusals
