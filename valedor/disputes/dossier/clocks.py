"""The time limits of a case as a dossier tells them: each with its law, its days and its pauses."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from valedor.casefile.models import Deadline, DeadlineEvent
from valedor.disputes.dossier.contents import Contents
from valedor.disputes.dossier.redaction import Redactor
from valedor.procedures.explanation import length_in_words
from valedor.procedures.vocabulary_tables import vocabulary, word
from valedor.telling import spoken
from valedor.telling.limits import came_late, label_of, law_of
from valedor.telling.reader import Reader


def clocks_of(
    contents: Contents, redactor: Redactor, zone: str, *, at: datetime
) -> list[dict[str, Any]]:
    """Every limit, in the order in which they began."""
    instances = {one.pk: one.kind for one in contents.instances}
    return [
        {
            "duty": label_of(one, Reader.STAFF),
            "law": law_of(one),
            "length": length_in_words(one.length, one.unit),
            "instance": word("instances", instances[one.instance_id])
            if one.instance_id in instances
            else "",
            "start": spoken.stamp(one.starts_at, zone),
            "due": spoken.due(one.due_on, one.due_at, zone) or "–",
            "result": _result(one, zone, at),
            "is_late": _is_late(one, at),
            "events": [_event(event, redactor, zone) for event in contents.events.get(one.pk, ())],
        }
        for one in contents.deadlines
    ]


def _is_late(limit: Deadline, at: datetime) -> bool:
    if limit.state == Deadline.State.MET:
        return came_late(limit)
    is_over = limit.state == Deadline.State.RUNNING and limit.due_at and limit.due_at <= at
    return limit.state == Deadline.State.MISSED or bool(is_over)


def _result(limit: Deadline, zone: str, at: datetime) -> str:
    if limit.state == Deadline.State.MET and limit.met_at is not None:
        day = spoken.stamp(limit.met_at, zone)
        if came_late(limit):
            return _("done late, on %(day)s") % {"day": day}
        return _("done in time, on %(day)s") % {"day": day}
    if limit.state in {Deadline.State.PAUSED, Deadline.State.HELD}:
        return _("the clock stands still")
    if limit.state == Deadline.State.DROPPED:
        return _("does not apply any more")
    return _("passed without it") if _is_late(limit, at) else _("still runs")


def _event(event: DeadlineEvent, redactor: Redactor, zone: str) -> str:
    known = word("events", event.event) if event.event in vocabulary("events") else event.event
    length = length_in_words(event.length, event.unit) if event.length and event.unit else ""
    said = (spoken.stamp(event.at, zone), known, length, event.basis, redactor.text(event.reason))
    return " · ".join(filter(None, said))
