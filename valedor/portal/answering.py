"""Until when a house answers, by what somebody wants to do: every day once, on one page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from valedor.casefile.models import Kind
from valedor.channels.web_form.questions import HELPS, KINDS
from valedor.portal.expected import Day, Expected, Sooner, expected
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category


@dataclass(frozen=True)
class Wish:
    """Something that one may want to do, and where its form is."""

    name: str
    help: str
    url: str


@dataclass(frozen=True)
class Answered:
    """What is answered until the same day."""

    wishes: list[Wish]
    expected: Expected


@dataclass(frozen=True)
class SoonerFor:
    """Matters that are answered sooner. ``wishes`` is empty where it holds whatever one wants."""

    sooner: Sooner
    wishes: list[str]


def answered_until(
    house: HouseRules, *, at: datetime, matters: Iterable[Category]
) -> tuple[list[Answered], list[SoonerFor]]:
    """Each day once, with what is answered until then; and what comes sooner, each once, too."""
    listed, form_url = list(matters), reverse("portal:complain", args=[house.entity.key])
    days: dict[tuple[object, ...], Answered] = {}
    sooner: dict[tuple[object, ...], SoonerFor] = {}
    with_a_day = 0
    for kind, name in KINDS:
        found = expected(house, Kind(kind), at=at, matters=listed)
        with_a_day += found.answer is not None
        wish = Wish(str(name), str(HELPS[kind]), f"{form_url}?kind={kind}")
        key = (_same(found.answer), _same(found.promise))
        answered = days.setdefault(key, Answered([], replace(found, sooner=())))
        answered.wishes.append(wish)
        for one in found.sooner:
            same = sooner.setdefault((one.matters, _same(one.day)), SoonerFor(one, []))
            same.wishes.append(wish.name)
    told = [
        replace(one, wishes=[] if len(one.wishes) == with_a_day else one.wishes)
        for one in sooner.values()
    ]
    return list(days.values()), sorted(told, key=lambda one: one.sooner.day.at)


def _same(day: Day | None) -> tuple[str, ...]:
    return (day.words, day.length, day.law) if day else ()
