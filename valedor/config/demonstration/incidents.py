"""Incidents of the demonstration: declared, told of, gathered, answered once, closed."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.config.demonstration.life import Life
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.close import close
from valedor.handling.models import Closure
from valedor.incidents.collective.actions.answer import answer_next, order_answer
from valedor.incidents.collective.actions.declare import close_incident, declare, end, tell_more
from valedor.incidents.collective.actions.gather import join
from valedor.incidents.collective.models import Incident
from valedor.people.models import Account
from valedor.procedures.models import Area, Category

_DECLARED_AFTER = timedelta(minutes=40)


@dataclass(frozen=True)
class Told:
    """What the demonstration calls an incident when its story stands still."""

    title: str


class IncidentLife:
    """An incident being lived, beside the cases that it brings."""

    case: Case | None = None
    access_code = ""

    def __init__(
        self, told: dict[str, Any], lives: Sequence[Life], household: Household, until: datetime
    ) -> None:
        self.told, self.lives, self.until = told, lives, until
        self.entity = lives[0].entity
        self.lead: Account = household.of(self.entity.key, "lead")[0]
        self.began_at = until - timedelta(hours=told["hours_ago"])
        self.begins_at = self.began_at + _DECLARED_AFTER
        self.story = Told(title=told["title"]["en"])
        self.step = "declare"

    def path(self) -> Iterator[datetime]:
        """Every step, yielding the moment of the next."""
        at = self.begins_at
        incident = self._declare(at)
        for update in self.told.get("update", []):
            self.step = "tell"
            at = self._after(update["after"])
            yield at
            self._gather(incident, at)
            tell_more(
                incident,
                words=update["words"],
                expected_end_at=self._after(update["expected"]),
                by=self.lead,
                at=at,
            )
        self.step = "gather"
        at = self._after(self.told["gathered_after"])
        yield at
        self._gather(incident, at)
        ended = self.told.get("ended")
        if ended is None:
            return
        self.step = "end"
        at = self._after(ended["after"])
        yield at
        end(incident, ended_at=at, words=ended["words"], by=self.lead, at=at)
        self.step = "answer"
        at = self._after(self.told["answered_after"])
        yield at
        self._answer(incident, at)
        self.step = "close"
        at = self._after(self.told["closed_after"])
        yield at
        self._close(incident, at)

    def _after(self, hours: float) -> datetime:
        return self.began_at + timedelta(hours=hours)

    def _declare(self, at: datetime) -> Incident:
        own = {"entity": self.entity}
        return declare(
            self.entity,
            title=self.told["title"],
            words=self.told["words"],
            began_at=self.began_at,
            expected_end_at=self._after(self.told["expected"]),
            places=self.told["places"],
            categories=list(Category.objects.filter(**own, key__in=self.told["categories"])),
            areas=list(Area.objects.filter(**own, key__in=self.told["areas"])),
            by=self.lead,
            at=at,
        )

    def _members(self) -> list[Case]:
        pks = [life.case.pk for life in self.lives if life.case is not None]
        with viewing(the_house(self.entity.pk)):
            return list(Case.objects.filter(pk__in=pks).select_related("entity").order_by("pk"))

    def _gather(self, incident: Incident, at: datetime) -> None:
        with viewing(the_house(self.entity.pk)):
            joined = set(incident.memberships.values_list("case", flat=True))
        for case in self._members():
            if case.pk not in joined and case.closed_at is None:
                join(incident, case, by=self.lead, at=at)

    def _answer(self, incident: Incident, at: datetime) -> None:
        answer = order_answer(incident, words=self.told["answer"], by=self.lead, at=at)
        moment = at
        while answer_next(answer, at=moment):
            moment += timedelta(seconds=1)
        for case in self._members():
            letters_leave(case, at)

    def _close(self, incident: Incident, at: datetime) -> None:
        for case in self._members():
            with viewing(the_house(self.entity.pk)):
                accept_answer(case, by=COMPLAINANT, at=at)
                close(case, reason=Closure.Reason.AGREED, by=staff(self.lead), at=at)
            letters_leave(case, at)
        close_incident(incident, by=self.lead, at=at + timedelta(minutes=30))


def incident_lives(
    lives: Sequence[Life], household: Household, until: datetime
) -> list[IncidentLife]:
    """The incidents that some of these cases belong to."""
    told = tomllib.loads((FOLDER / "incidents.toml").read_text("utf-8"))
    found: dict[str, list[Life]] = {}
    for life in lives:
        if life.story.incident:
            found.setdefault(life.story.incident, []).append(life)
    return [IncidentLife(told[key], mine, household, until) for key, mine in found.items()]
