"""What may not be done with an incident, and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.incidents.collective.models import Incident, IncidentLine, Membership
from valedor.people.permissions import Permission

LONGEST_TEXT = 10_000
MOST_PLACES = 50
_TOLD = (IncidentLine.What.DECLARED, IncidentLine.What.TOLD, IncidentLine.What.ENDED)


def can_be_sent(line: IncidentLine) -> bool:
    """Whether a line has words for those affected."""
    return line.what in _TOLD and bool(line.words)


def why_not_work(viewer: Viewer, entity_id: int) -> Refusal | None:
    """Whoever handles cases of an entity declares its incidents and answers them."""
    if viewer.within(entity_id).may(Permission.HANDLE):
        return None
    return Refusal("not_permitted", _("Your role does not let you do this."))


def why_not_gather(viewer: Viewer, entity_id: int) -> Refusal | None:
    """Whoever works on a case says whether it belongs to an incident."""
    works = {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}
    if viewer.within(entity_id).permissions & works:
        return None
    return Refusal("not_permitted", _("Your role does not let you do this."))


def why_not_words(texts: Sequence[Mapping[str, str]], languages: Sequence[str]) -> Refusal | None:
    """What people are told is there in every language of the entity."""
    for text in texts:
        missing = [one for one in languages if not text.get(one, "").strip()]
        if missing:
            return Refusal(
                "language_missing",
                _("People read it in their language: the text is missing in %(languages)s."),
                {"languages": ", ".join(missing)},
            )
        if any(len(words) > LONGEST_TEXT for words in text.values()):
            return Refusal(
                "too_long",
                _("A text has %(most)s characters at most."),
                {"most": LONGEST_TEXT},
            )
    return None


def why_not_times(
    *, began_at: datetime, expected_end_at: datetime | None, at: datetime
) -> Refusal | None:
    """It has begun, and somebody says until when it is expected to last."""
    if began_at > at:
        return Refusal("not_begun", _("An incident that has not begun is no incident yet."))
    if expected_end_at is None:
        return Refusal("no_end", _("Say until when it is expected to last; it can be moved."))
    if expected_end_at <= began_at:
        return Refusal("ends_before_it_begins", _("It ends before it begins."))
    return None


def why_not_places(places: Sequence[str], *, categories: int) -> Refusal | None:
    """Something says which cases belong to it."""
    if len(places) > MOST_PLACES:
        return Refusal("many_places", _("Name %(most)s places at most."), {"most": MOST_PLACES})
    if not places and not categories:
        return Refusal("nothing_affected", _("Say which places or which subjects it concerns."))
    return None


def why_not_go_on(incident: Incident) -> Refusal | None:
    """What is closed is closed."""
    if incident.closed_at is None:
        return None
    return Refusal("incident_closed", _("This incident is closed."))


def why_not_end(incident: Incident, *, ended_at: datetime, at: datetime) -> Refusal | None:
    """It ends once, after it began, not in the future."""
    if refusal := why_not_go_on(incident):
        return refusal
    if incident.ended_at is not None:
        return Refusal("ended", _("This incident has ended already."))
    if ended_at < incident.began_at:
        return Refusal("ends_before_it_begins", _("It ends before it begins."))
    if ended_at > at:
        return Refusal("future", _("This moment has not come yet."))
    return None


def why_not_join(
    incident: Incident, case: Case, *, standing: str, elsewhere: bool
) -> Refusal | None:
    """An open case of the same entity, of one incident at a time."""
    if refusal := why_not_go_on(incident):
        return refusal
    if case.entity_id != incident.entity_id:
        return Refusal("other_entity", _("This case is another entity's."))
    if case.closed_at is not None:
        return Refusal("case_closed", _("This case is closed."))
    if standing == Membership.State.JOINED:
        return Refusal("joined", _("This case belongs to it already."))
    if elsewhere:
        return Refusal("elsewhere", _("This case belongs to another incident: it leaves it first."))
    return None


def why_not_leave(standing: str, *, reason: str) -> Refusal | None:
    """A member leaves, for a reason that colleagues can read."""
    if standing != Membership.State.JOINED:
        return Refusal("not_joined", _("This case does not belong to it."))
    if not reason.strip():
        return Refusal("no_reason", _("Say why, for whoever reads it later."))
    return None


def why_not_answer(incident: Incident, *, members: int, answered: bool) -> Refusal | None:
    """One answer, once there is somebody to answer."""
    if refusal := why_not_go_on(incident):
        return refusal
    if answered:
        return Refusal("answered", _("This incident has been answered; one text answers all."))
    if not members:
        return Refusal("nobody", _("No case belongs to this incident yet."))
    return None


def why_not_answer_rest(*, answered: bool, rest: int) -> Refusal | None:
    """Cases that joined after the answer get the same text."""
    if not answered:
        return Refusal("not_answered", _("This incident has not been answered yet."))
    if not rest:
        return Refusal("nobody", _("Every case of this incident has got the answer."))
    return None


def why_not_send(line: IncidentLine, *, affected: int) -> Refusal | None:
    """There are words, and somebody who has not got them."""
    if not can_be_sent(line):
        return Refusal("no_words", _("Nothing was told there that could be sent."))
    if not affected:
        return Refusal("nobody", _("Nobody is known there who has not got it."))
    return None


def why_not_close(incident: Incident, *, open_cases: int, waiting: int) -> Refusal | None:
    """An incident is over when everybody it befell has been dealt with, never before."""
    if refusal := why_not_go_on(incident):
        return refusal
    if incident.ended_at is None:
        return Refusal("not_ended", _("Say first when it ended."))
    if waiting:
        return Refusal(
            "answers_wait", _("%(count)s answers are still on their way."), {"count": waiting}
        )
    if open_cases:
        return Refusal(
            "cases_open",
            _("%(count)s cases of this incident are open: each is closed on its own first."),
            {"count": open_cases},
        )
    return None


def why_not_unknown(found: Collection[object], asked: Collection[object]) -> Refusal | None:
    """Everything that was named is the entity's."""
    if len(found) == len(asked):
        return None
    return Refusal("unknown", _("One of these does not belong to this entity."))
