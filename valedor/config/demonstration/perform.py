"""All stories at once, in the order of time: every step at its moment, the limits looked at
between.

The worker's part (letters, what follows them, the sweep) is done here at the moments of the past.
"""

import heapq
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.giving_out import GivingOut
from valedor.config.demonstration.house import Household
from valedor.config.demonstration.incidents import IncidentLife, incident_lives
from valedor.config.demonstration.leaving import letters_leave
from valedor.config.demonstration.life import Life
from valedor.config.demonstration.stories import Story, StoryWrong
from valedor.foundation.refusals import Refused
from valedor.handling.actions import sweep

logger = logging.getLogger(__name__)
_BETWEEN_LOOKS = timedelta(hours=12)


@dataclass(frozen=True)
class Outcome:
    """Where a story stands now."""

    reference: str
    access_code: str
    entity: str
    stage: str


def perform(
    stories: list[Story],
    household: Household,
    *,
    until: datetime,
    strictly: bool = False,
    also: Sequence[GivingOut] = (),
) -> list[Outcome]:
    """Live all stories of one entity up to a moment, and ``also`` what leads did with their cases.

    A story whose step is refused stands still there, and the log says why; ``strictly`` raises
    ``StoryWrong`` instead.
    """
    of_cases = [Life(story, household, until) for story in stories]
    lives: list[Life | IncidentLife | GivingOut] = [
        *of_cases,
        *incident_lives(of_cases, household, until),
        *also,
    ]
    steps = [(life.begins_at, number) for number, life in enumerate(lives)]
    heapq.heapify(steps)
    paths: dict[int, Iterator[datetime]] = {}
    entities = sorted({life.entity.pk for life in lives})
    looked_at = min((at for at, _number in steps), default=until)
    while steps and steps[0][0] <= until:
        at, number = heapq.heappop(steps)
        while looked_at + _BETWEEN_LOOKS < at:
            looked_at += _BETWEEN_LOOKS
            _look(looked_at, entities)
        life = lives[number]
        path = paths.setdefault(number, life.path())
        try:
            following = next(path, None)
        except Refused as refused:
            wrong = f"“{life.story.title}”: {life.step} was refused: {refused.refusal}"
            if strictly:
                raise StoryWrong(wrong) from refused
            logger.warning("story stands still", extra={"story": wrong})
            following = None
        if life.case is not None:
            letters_leave(life.case, at)
        if following is not None:
            heapq.heappush(steps, (max(following, at + timedelta(minutes=2)), number))
    _look(until, entities)
    with viewing(the_house(*entities)):
        stages = dict(
            Case.objects.filter(pk__in=[life.case.pk for life in lives if life.case]).values_list(
                "pk", "stage"
            )
        )
    return [
        Outcome(life.case.reference, life.access_code, life.entity.key, stages[life.case.pk])
        for life in lives
        if life.case is not None
    ]


def _look(at: datetime, entities: Sequence[int]) -> None:
    """What the worker does every minute, and the letters to whoever got no answer in time."""
    if not sweep.sweep(at=at, entities=entities):
        return
    with viewing(the_house(*entities)):
        found = Letter.objects.filter(state=Letter.State.QUEUED, queued_at=at)
        cases = [letter.case for letter in found.select_related("case")]
    for case in cases:
        letters_leave(case, at)
