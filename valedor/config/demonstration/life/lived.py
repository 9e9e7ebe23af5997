"""Where a story stands: its moment, its people, its case."""

from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer, complainant_of, viewer_of, viewing
from valedor.config.demonstration.house import Household
from valedor.config.demonstration.stories import Story, StoryWrong
from valedor.people.models import Account, Role

_OPENS, _SHUTS = time(9, 0), time(18, 0)


class Lived:
    """A story being lived, so far."""

    def __init__(self, story: Story, household: Household, until: datetime) -> None:
        self.story = story
        self.household = household
        self.entity = household.entities[_entity_of(story, household)]
        self.zone = ZoneInfo(self.entity.timezone)
        self.begins_at = until - timedelta(days=story.days_ago)
        self.at = self.begins_at
        self.case: Case | None = None
        self.access_code = ""
        self.step = "receive"
        self._is_over = False

    def later(self, **by: float) -> datetime:
        """So much later in working time, at the story's pace: never at night nor at a weekend."""
        moment = self.at + timedelta(**by) * self.story.pace
        self.at = self._in_office(moment)
        return self.at

    def sooner(self, **by: float) -> datetime:
        """So much later by the person's own clock: people write at night, too."""
        self.at = self.at + timedelta(**by)
        return self.at

    def after(self, moment: datetime) -> datetime:
        """In the first working hours after a moment that is waited for; now if it is past."""
        self.at = self._in_office(max(self.at, moment))
        return self.at

    def _in_office(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.zone)
        if local.time() >= _SHUTS:
            local = (local + timedelta(days=1)).replace(hour=9, minute=local.minute)
        elif local.time() < _OPENS:
            local = local.replace(hour=9, minute=local.minute)
        while local.isoweekday() > 5:
            local += timedelta(days=1)
        return local

    def person(self) -> By:
        return REPRESENTATIVE if self.story.represented else COMPLAINANT

    def as_person(self) -> AbstractContextManager[Viewer]:
        return viewing(complainant_of(self.the_case.pk))

    def as_staff(self, account: Account) -> AbstractContextManager[Viewer]:
        return viewing(viewer_of(account))

    def one_of(self, role: str) -> Account:
        people = self.household.of(self.entity.key, role)
        return people[self.the_case.pk % len(people)]

    @property
    def the_case(self) -> Case:
        if self.case is None:
            raise StoryWrong(f"“{self.story.title}” has no case yet.")
        return self.case

    def holder(self) -> Account:
        """Who has the case in hand; a lead where nobody has."""
        case = self.fresh()
        return case.holder if case.holder is not None else self.one_of(Role.LEAD)

    def fresh(self) -> Case:
        lead = self.household.of(self.entity.key, Role.LEAD)[0]
        with self.as_staff(lead):
            self.case = Case.objects.select_related(
                "entity", "holder", "complainant", "mandate"
            ).get(pk=self.the_case.pk)
        return self.case


def _entity_of(story: Story, household: Household) -> str:
    return story.entity or next(iter(household.entities))
