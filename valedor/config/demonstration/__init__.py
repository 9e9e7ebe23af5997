"""The demonstration: an organisation of two entities, its people, and some three hundred cases.

Every case was lived: its actions were performed one by one, all cases in the order of time, with
the limits looked at as the worker would have. So each timeline is true, and a case received
yesterday stands where a case stands after a day.
"""

import json
import multiprocessing
import os
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, connections

from valedor.casefile import timeline
from valedor.casefile.viewing import the_house, viewing
from valedor.config import home
from valedor.config.demonstration import (
    beside,
    calls,
    disputes,
    ombudsman,
    papers,
    participants,
    public,
    today,
    twice,
)
from valedor.config.demonstration.giving_out import givings_out
from valedor.config.demonstration.house import Household, settle_in
from valedor.config.demonstration.perform import Outcome, perform
from valedor.config.demonstration.stories import stories_of
from valedor.config.embedded.processes import end_with
from valedor.foundation.ids import forget_stock
from valedor.foundation.moments import now
from valedor.intake.book import give_book_numbers

LONG_AGO = timedelta(days=400)


def make(*, at: datetime | None = None, most: int | None = None) -> int:
    """Fill an empty database; how many cases there are now. ``most`` stories of each entity, for
    tests.

    Raises ``StoryWrong`` for a story that cannot be told.
    """
    until = at or now()
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    household = settle_in(password=password, at=until - LONG_AGO, until=until)
    ombudsman.seat(household, at=until - LONG_AGO, until=until)
    followers = dict(timeline.followers)
    timeline.followers.clear()  # What follows is done here, at its own time.
    sent_by = settings.DEMO, settings.SMTP_URL
    # Its people are invented: their letters of the past go to nobody, whatever server is set.
    settings.DEMO, settings.SMTP_URL = True, ""
    try:
        lived = _live(household, until, most)
        outcomes = [outcome for of_entity in lived for outcome in of_entity]
        beside.happen(household, outcomes, until=until)
        twice.happen(household, until=until)
        calls.ring(household, until=until)
        papers.happen(household, until=until)
        today.come_in(household, until=until)
        public.come_in(household, until=until)
        ombudsman.come(household, until=until)
        disputes.come(household, until=until)
        participants.come_in(household, outcomes, until=until)
        with viewing(the_house()):
            give_book_numbers(until)
    finally:
        settings.DEMO, settings.SMTP_URL = sent_by
        timeline.followers.update(followers)
    with connection.cursor() as cursor:  # Every letter has gone already.
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
    _write_down(household, password, outcomes)
    return len(outcomes)


def _live(household: Household, until: datetime, most: int | None) -> list[list[Outcome]]:
    """The stories of every entity, each in a process of its own: entities share no case."""
    told = [(key, household, until, most) for key in household.entities]
    connections.close_all()  # A connection must not be shared with a child.
    # None of them goes on when this process is ended.
    with multiprocessing.get_context("fork").Pool(len(told), end_with, [os.getpid()]) as pool:
        return pool.starmap(_live_at, told)


def _live_at(key: str, household: Household, until: datetime, most: int | None) -> list[Outcome]:
    forget_stock()
    with connection.cursor() as cursor:
        # A demonstration that the power cuts off is made again from the start, and what its last
        # step commits, in the process that waits for this one, is on disk with all before it.
        cursor.execute("SET synchronous_commit = off")
    stories = stories_of(key)[:most]
    also = givings_out(key, household, until)
    return perform(stories, household, until=until, also=also)


def _write_down(household: Household, password: str, outcomes: list[Outcome]) -> None:
    """``demo.json``: who may sign in, and which case opens with which code."""
    content = {
        "url": settings.PUBLIC_URL,
        "users": [
            {
                "username": person.username,
                "password": password,
                "role": person.role,
                "entities": person.entities,
            }
            for person in household.people
        ],
        "cases": [
            {
                "reference": outcome.reference,
                "access_code": outcome.access_code,
                "entity": outcome.entity,
                "stage": outcome.stage,
            }
            for outcome in outcomes
        ],
    }
    file = home.home() / "demo.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
