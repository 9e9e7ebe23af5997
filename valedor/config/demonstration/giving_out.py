"""Leads give out cases in bulk: several at once, and everything of somebody who goes."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count

from valedor.acts.desk.giving_out import GivenOut, give_out, pass_all_on
from valedor.acts.desk.queries import members_of
from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer, viewer_of, viewing
from valedor.config.demonstration.house import FOLDER, Household
from valedor.people.models import Account, Team

_AT_HOUR = 10


@dataclass(frozen=True)
class Told:
    """What the demonstration calls it when it stands still."""

    title: str


class GivingOut:
    """One afternoon on which a lead gave out cases of a team, beside the lives of these cases."""

    case: Case | None = None
    access_code = ""

    def __init__(
        self, what: str, told: dict[str, Any], entity: str, household: Household, until: datetime
    ) -> None:
        self.what, self.told, self.step = what, told, what
        self.entity = household.entities[entity]
        self.lead = household.of(entity, "lead")[0]
        day = until.astimezone(ZoneInfo(self.entity.timezone)) - timedelta(days=told["days_ago"])
        self.begins_at = day.replace(hour=_AT_HOUR, minute=day.minute)
        self.story = Told(title=told["reason"])
        self.done = GivenOut()

    def path(self) -> Iterator[datetime]:
        """It is done at once: there is no other moment."""
        team = Team.objects.get(key=f"{self.entity.key}-general")
        with viewing(viewer_of(self.lead)) as viewer:
            give = self._several if self.what == "several" else self._all
            self.done = give(viewer, team)
        yield from ()

    def _several(self, viewer: Viewer, team: Team) -> GivenOut:
        """Some of whoever has most go to whoever has fewest."""
        loads = _loads(viewer, team)
        most, fewest = loads[-1][1], loads[0][1]
        found = cases_visible_to(viewer).filter(holder=most, closed_at=None, team=team)
        references = list(found.order_by("next_due_at", "pk").values_list("reference", flat=True))
        return give_out(
            viewer,
            references[: self.told["number"]],
            team=team,
            holder=fewest,
            reason=self.told["reason"],
            at=self.begins_at,
        )

    def _all(self, viewer: Viewer, team: Team) -> GivenOut:
        """Everything of whoever has fewest, but has some."""
        person = next((one for load, one in _loads(viewer, team) if load), None)
        if person is None:
            return GivenOut()
        return pass_all_on(viewer, person, reason=self.told["reason"], at=self.begins_at)


def _loads(viewer: Viewer, team: Team) -> list[tuple[int, Account]]:
    """How many open cases of the team each of it holds, the fewest first."""
    open_now = cases_visible_to(viewer).filter(closed_at=None, team=team)
    held = dict(open_now.values_list("holder").annotate(Count("pk")))
    return sorted(
        ((held.get(one.pk, 0), one) for one in members_of(team)), key=lambda pair: pair[0]
    )


@cache
def told() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """By entity and what was done."""
    return tomllib.loads((FOLDER / "giving_out.toml").read_text("utf-8"))


def givings_out(entity: str, household: Household, until: datetime) -> list[GivingOut]:
    """All of an entity's."""
    return [
        GivingOut(what, one, entity, household, until)
        for what, rows in told()[entity].items()
        for one in rows
    ]
