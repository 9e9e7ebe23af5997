"""Which doors a case opens, each from its day on.

An answer opens the doors for whoever it does not satisfy; the silence of the company opens others
by itself: with the end of a regime's own limit, or a month after the complaint (Ley 7/2017, art.
18.1.a). Courts are open at any time, and so are the doors that a regime says are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from valedor.casefile.models import Deadline, Instance
from valedor.handling.models import Decision, Response
from valedor.handling.next_steps import AFTER_AN_ANSWER, doors_of
from valedor.handling.queries import CaseState
from valedor.handling.silence import month_after
from valedor.procedures.bodies import with_the_courts
from valedor.procedures.vocabulary_tables import vocabulary

ORDER = ("ombudsman", "mediation", "arbitration", "sector_body", "supervisor", "court")
"""The ladder outside the second look, from the nearest to the last."""
_NOTHING = frozenset({Decision.Outcome.NOT_UPHELD, Decision.Outcome.INADMISSIBLE})
_NOT_ALL = frozenset({Decision.Outcome.PARTLY_UPHELD})
_UNMET = frozenset({Deadline.State.RUNNING, Deadline.State.MISSED})


class Why(StrEnum):
    """What opens the way up for a case."""

    SILENCE = "silence"
    CONTESTED = "contested"
    PARTLY = "partly"
    REFUSED = "refused"
    DECIDED = "decided"
    """Not open any more, but for what the law allows against the decision: an award or a judgment
    binds both sides (Ley 60/2003, art. 43)."""


@dataclass(frozen=True)
class Opening:
    """When a kind of body may be turned to: open since a moment, from one on, or by what happens.

    ``when`` are the words of the packs for what opens it; ``at`` is None while only they say so.
    """

    kind: str
    at: datetime | None
    when: tuple[str, ...]


def why_open(
    state: CaseState, answers: Sequence[Response], deadlines: Iterable[Deadline], *, at: datetime
) -> Why | None:
    """What has opened the way up by a moment; None while the person waits within the limits, or has
    got all they asked for.
    """
    if state.is_served_with_a_word:
        return None
    if state.is_decided_outside:
        return Why.DECIDED
    if any(one.contested_at for one in answers) or state.instance.kind == Instance.Kind.REVIEW:
        return Why.CONTESTED
    if not answers:
        return Why.SILENCE if silent_since(state, deadlines, at=at) else None
    if answers[-1].accepted_at is not None:
        return None
    outcome = _outcome_of(state, answers[-1])
    if outcome in _NOTHING or answers[-1].template_key == "inadmission":
        return Why.REFUSED
    return Why.PARTLY if outcome in _NOT_ALL else None


def _outcome_of(state: CaseState, answer: Response) -> str:
    """What an answer came to, as its instance keeps it: what the person was told, no more."""
    return next((one.outcome for one in state.instances if one.pk == answer.instance_id), "")


def silent_since(
    state: CaseState, deadlines: Iterable[Deadline], *, at: datetime
) -> datetime | None:
    """When the first limit that the law sets for the answer passed without one."""
    passed = [
        one.due_at
        for one in deadlines
        if one.duty == "respond"
        and one.role == Deadline.Role.LAW
        and one.state in _UNMET
        and one.due_at is not None
        and one.due_at <= at
    ]
    return min(passed, default=None)


def openings_of(
    state: CaseState, answers: Sequence[Response], deadlines: Iterable[Deadline], *, at: datetime
) -> list[Opening]:
    """Every kind of body that the case's regimes lead to, in the order of the ladder."""
    case, house = state.case, state.house
    answered_at = min((one.sent_at for one in answers if one.sent_at), default=None)
    ends = {
        one.procedure_version_id: one.due_at
        for one in deadlines
        if one.duty == "respond" and one.role == Deadline.Role.LAW and one.due_at is not None
    }
    moments: dict[str, list[datetime]] = {}
    words: dict[str, dict[str, None]] = {}
    for instance in state.instances:
        for version, door in doors_of(instance, house):
            found = []
            if "any_time" in door.when:
                found.append(case.received_at)
            if answered_at is not None and set(door.when) & AFTER_AN_ANSWER:
                found.append(answered_at)
            if answered_at is None and "no_answer_in_term" in door.when:
                # A regime without a limit of its own follows the first one that the law sets.
                end = ends.get(version) or min(ends.values(), default=None)
                found += [end] if end else []
            if answered_at is None and "month_without_answer" in door.when:
                found.append(month_after(case.received_at, house))
            for kind in door.to:
                moments.setdefault(kind, []).extend(found)
                words.setdefault(kind, {}).update(dict.fromkeys(door.when))
    known = vocabulary("bodies")
    kinds = sorted(with_the_courts(words), key=lambda kind: ORDER.index(known[kind].instance))
    return [
        Opening(
            kind,
            _first(
                moments.get(kind, ()), otherwise=case.received_at if kind not in words else None
            ),
            tuple(words.get(kind, {"any_time": None})),
        )
        for kind in kinds
    ]


def _first(moments: Iterable[datetime], *, otherwise: datetime | None) -> datetime | None:
    return min(moments, default=otherwise)
