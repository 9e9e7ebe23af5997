"""The two tables of what happens by itself name facts and tasks that exist."""

from valedor.casefile import timeline
from valedor.casefile.facts import KNOWN
from valedor.config.followers import FOLLOWERS
from valedor.config.timetable import TIMETABLE
from valedor.foundation.jobs import task_named
from valedor.privacy import facts as facts_of_erasure


def test_every_follower_follows_a_fact_with_a_task() -> None:
    assert facts_of_erasure.CaseErased.kind in KNOWN  # Imported by whoever erases, not at start.
    for kind, followers in FOLLOWERS.items():
        assert kind in KNOWN
        for name in followers:
            assert task_named(name).name == name


def test_the_program_knows_them_from_its_start() -> None:
    assert dict(timeline.followers) == FOLLOWERS


def test_the_timetable_names_tasks() -> None:
    for _name, _when, name in TIMETABLE:
        assert task_named(name).name == name
