"""The days that count for a person: which limits they are told of, each as a rail."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from valedor.casefile.models import Deadline
from valedor.design.parts import Rail
from valedor.portal.queries import CaseFile
from valedor.procedures.house_rules import HouseRules
from valedor.telling import limits
from valedor.telling.reader import Reader
from valedor.telling.told_apart import labels_of


def rails_of(file: CaseFile, house: HouseRules, *, at: datetime) -> list[Rail]:
    """A rail for each limit that waits for the house, the earliest that binds first."""
    return [rail_of(one, file, house, at=at) for one in told(file.deadlines)]


def rail_of(deadline: Deadline, file: CaseFile, house: HouseRules, *, at: datetime) -> Rail:
    """One limit as the time rail draws it, with the way to its count."""
    kept = [one for one in file.deadlines if one.state != Deadline.State.DROPPED]
    labels = labels_of(kept, Reader.COMPLAINANT, house, file.state)
    return limits.rail_of(
        deadline,
        house,
        Reader.COMPLAINANT,
        at=at,
        label=labels.get(deadline.pk, ""),
        events=file.events.get(deadline.pk, ()),
        how_counted_url=reverse(
            "portal:counting", args=[house.entity.key, file.case.reference, deadline.pk]
        ),
    )


def told(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The unmet limits that a person is told of.

    Of each duty the earliest day that binds, and promises that are stricter: two laws that ask for
    the same are one day to whoever waits.
    """
    waiting = [one for one in deadlines if one.state in limits.UNMET and one.duty != "acknowledge"]
    binding: dict[str, Deadline] = {}
    for one in sorted(waiting, key=_end):
        if one.binds:
            binding.setdefault(one.duty, one)
    return sorted(
        (
            one
            for one in waiting
            if one.duty not in binding
            or one is binding[one.duty]
            or (not one.binds and _end(one) < _end(binding[one.duty]))
        ),
        key=lambda one: (one.duty != "respond", not one.binds, _end(one)),
    )


def _end(deadline: Deadline) -> float:
    return deadline.due_at.timestamp() if deadline.due_at else float("inf")
