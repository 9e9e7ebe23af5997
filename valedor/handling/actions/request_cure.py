"""Ask the person to complete what the regime asks for, within the regime's own time."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Case, Stage
from valedor.casefile.stages import move_to
from valedor.clocks.fresh import due_moment
from valedor.clocks.limits import Unit
from valedor.clocks.rule import Rule
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import CureRequested
from valedor.handling.first_word import owed_word
from valedor.handling.models import CureRequest
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.applicable import own_rule, pack_of_version

REQUESTED, CURED = "cure_requested", "cured"
STARTS_ON = "cure_request_received"
# Where no regime of the case says how long: what the strictest of them that does gives.
USUAL_BUSINESS_DAYS = 10


@as_the_company
def request_cure(
    case: Case, *, missing: Sequence[str], by: By, at: datetime, words: str = ""
) -> CureRequest:
    """``missing`` names in words what is lacking. The clock stops only where the regime says so.

    The request says why it takes longer and until when, so it is a first answer.
    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    asked = tuple(one.strip() for one in missing if one.strip())
    refuse_if(rules.why_not_request_cure(state, viewer_for(case, by), missing=asked))

    house = state.house
    zone = ZoneInfo(house.entity.timezone)
    rule = cure_rule(state)
    cure_by = due_moment(rule, at, calendar_of(house), zone)
    request = CureRequest.objects.create(
        case=case,
        entity_id=case.entity_id,
        missing=list(asked),
        words=words,
        cure_by=cure_by,
        by=by.account,
        at=at,
    )
    move_to(case, Stage.INCOMPLETE, at=at)
    moved = limits.happen(case, state.instance, REQUESTED, by=by, at=at, reason="; ".join(asked))
    limits.add(
        case,
        state.instance,
        duty="cure",
        due_at=cure_by,
        by=by,
        at=at,
        length=rule.limit.length,
        unit=rule.limit.unit,
    )
    last_day = outgoing.last_day(cure_by, house, case.language)
    places = {
        "missing": [{"what": one} for one in asked],
        "words": words,
        "complete_by": last_day,
        "clock_waits": "yes" if moved else "",
    }
    meets = owed_word(state, "cure_request", places, by=by)
    letter = outgoing.send(state, "cure_request", places, by=by, at=at, meets=meets)
    entry = timeline.record(
        case,
        CureRequested(cure_by=cure_by.astimezone(zone).isoformat()),
        by=by,
        at=at,
        body="\n".join([*(f"- {one}" for one in asked), words]).strip(),
    )
    outgoing.keep_message(case, entry, letter, at=at)
    return request


def cure_rule(state: CaseState) -> Rule:
    """The time to complete that the case's regimes give: the longest, for it is the person's."""
    found = [
        clock.rule
        for version in state.instance.procedure_versions
        for clock in pack_of_version(version).clocks.values()
        if STARTS_ON in clock.starts_on and clock.on == "customer"
    ]
    usual = own_rule(USUAL_BUSINESS_DAYS, Unit.BUSINESS_DAYS)
    return max(found, key=lambda rule: rule.limit.length, default=usual)
