"""A contact becomes one of another kind and loses none of its dates.

A question turns out to be a complaint, or the person says that it is one. The limits of the new
kind are counted from the day on which it reached the house; what was answered to the question stays
in the file and is no answer to the complaint.
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry, Kind, Letter
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.actions.answered import MET_BY_THE_ANSWER
from valedor.handling.facts import KindChanged, KindClaimed
from valedor.handling.models import Response
from valedor.handling.other_rules import hold_other_rules
from valedor.handling.queries import SERVED_WITH_A_WORD, CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.vocabulary_tables import vocabulary


@as_the_company
def change_kind(
    case: Case,
    *,
    kind: Kind,
    by: By,
    at: datetime,
    reason: str = "",
    channel: str = Case.Channel.WEB_FORM,
) -> Entry:
    """Raises ``Refused``. ``channel`` is how the person said it, where they did."""
    case = locked(case)
    state = case_state(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_change_kind(state, viewer, kind=kind, reason=reason))
    is_asked = viewer.case_id == case.pk
    if is_asked:
        claimed = KindClaimed(kind_of_contact=str(kind), channel=str(channel))
        timeline.record(case, claimed, by=by, at=at, body=reason)
    before = Kind(case.kind)
    case.kind = kind
    case.save(update_fields=["kind"])
    set_aside = _put_aside(state, by=by, at=at)
    changes = hold_other_rules(state, by=by, at=at, reason=reason)
    changes |= (before in SERVED_WITH_A_WORD) != (kind in SERVED_WITH_A_WORD)
    state = case_state(case)
    move_to(case, state.resting_stage, at=at)
    words = "" if is_asked else reason
    tells = is_asked or changes
    letter = _tell(state, before, reason=words, by=by, at=at) if tells else None
    entry = timeline.record(
        case,
        KindChanged(
            before=str(before),
            after=str(kind),
            letter=letter.pk if letter else None,
            set_aside=set_aside.pk if set_aside else None,
        ),
        by=by,
        at=at,
        body=words,
    )
    if letter is not None:
        outgoing.keep_message(case, entry, letter, at=at)
    return entry


def _put_aside(state: CaseState, *, by: By, at: datetime) -> Response | None:
    """What was answered to the contact as it was before: the limits that it met run again."""
    response = state.response
    if response is None or response.sent_at is None:
        return None
    Response.objects.filter(pk=response.pk).update(replaced_at=at)
    for duty in MET_BY_THE_ANSWER:
        limits.open_again(state.case, state.instance, duty, met_at=response.sent_at, by=by, at=at)
    return response


def _tell(state: CaseState, before: Kind, *, reason: str, by: By, at: datetime) -> Letter | None:
    """What it is now, that its dates stay, and until when it is answered."""
    case = state.case
    due_at = next((one.due_at for one in state.running("respond") if one.due_at), None)
    places = {
        "kind_before": vocabulary("kinds")[before].text.in_language(case.language),
        "kind_now": vocabulary("kinds")[case.kind].text.in_language(case.language),
        "reason": reason,
        "answer_by": outgoing.last_day(due_at, state.house, case.language),
    }
    return outgoing.send(state, "kind_changed", places, by=by, at=at)
