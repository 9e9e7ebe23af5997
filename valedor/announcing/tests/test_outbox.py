"""What happens to a case is written for whoever is told, in the transaction of the fact."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.cast import FRIDAY, Cast, a_case, acting, again, hours, the_cast
from valedor.announcing.actions.set_webhook import set_webhook
from valedor.announcing.events import OF_FACTS, Event
from valedor.announcing.models import Announcement, Subscription
from valedor.casefile.actors import staff
from valedor.casefile.facts import KNOWN
from valedor.casefile.models import Case, Stage
from valedor.handling.actions.protect import protect
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.write_note import write_note
from valedor.review import facts


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    cast = the_cast()
    with acting(cast):
        yield cast


def a_webhook(cast: Cast, key: str = "billing", *events: str) -> Subscription:
    return set_webhook(
        cast.besos,
        key,
        address="https://systems.example/valedor",
        events=events or Event.values,
        by=None,
        at=FRIDAY,
    )


def told(case: Case) -> list[str]:
    found = Announcement.objects.filter(reference=case.reference)
    return sorted(found.values_list("event", flat=True))


def jobs_waiting() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'announcement_id' FROM procrastinate_jobs "
            "WHERE task_name = 'valedor.announcing.tasks.deliver' AND status = 'todo'"
        )
        return {row[0] for row in cursor}


def test_every_fact_that_is_told_exists() -> None:
    assert facts.Contested.kind in OF_FACTS
    assert set(OF_FACTS) - set(KNOWN) == set()


def test_registering_is_told_without_anything_of_the_person(cast: Cast) -> None:
    a_webhook(cast)
    case = a_case(cast, subject="Two bills")
    assert told(case) == ["case.registered"]
    (one,) = Announcement.objects.filter(reference=case.reference)
    document = json.loads(one.body)
    assert document["type"] == "case.registered"
    assert document["data"]["entity"] == "besos"
    assert document["data"]["reference"] == case.reference
    assert document["data"]["kind"] == case.kind
    assert document["data"]["stage"] == "received"
    assert document["data"]["url"].endswith(f"/api/v1/cases/{case.reference}")
    assert set(document["data"]) == {
        "entity", "reference", "kind", "stage", "sequence", "received_at", "recorded_at", "url",
    }  # fmt: skip
    assert "Two bills" not in one.body
    assert jobs_waiting() == {str(one.pk)}


def test_each_subscription_gets_a_row_of_its_own_and_only_what_it_wants(cast: Cast) -> None:
    a_webhook(cast, "everything")
    a_webhook(cast, "endings", "case.closed", "case.reopened")
    a_webhook(cast, "beginnings", "case.registered")
    case = a_case(cast)
    rows = Announcement.objects.filter(reference=case.reference)
    assert sorted(row.subscription.key for row in rows) == ["beginnings", "everything"]
    assert len({row.pk for row in rows}) == 2
    assert len(jobs_waiting()) == 2


def test_another_stage_is_told_with_the_one_before(cast: Cast) -> None:
    a_webhook(cast, "stages", "case.stage_changed")
    case = a_case(cast, stage=Stage.ASSESSED)
    found = [
        json.loads(row.body)["data"]
        for row in Announcement.objects.filter(reference=case.reference).order_by("made_at")
    ]
    assert ("received", "assessed") in [(one["stage_before"], one["stage"]) for one in found]


def test_what_is_rolled_back_is_told_to_nobody(cast: Cast) -> None:
    a_webhook(cast)
    case = a_case(cast)
    before = told(case)
    with transaction.atomic():
        send_message(again(case), text="No.", by=staff(cast.bruno), at=hours(5))
        assert told(case) == ["case.message_sent", *before]
        transaction.set_rollback(True)
    assert told(case) == before
    assert len(jobs_waiting()) == len(before)


def test_a_note_of_the_house_is_told_to_nobody(cast: Cast) -> None:
    a_webhook(cast)
    case = a_case(cast)
    before = told(case)
    write_note(again(case), text="He shouts.", by=staff(cast.bruno), at=hours(5))
    assert told(case) == before


def test_nothing_is_told_of_whoever_is_protected(cast: Cast) -> None:
    a_webhook(cast)
    case = a_case(cast)
    protect(again(case), reason="Fears.", by=staff(cast.carla), at=hours(4))
    before = told(case)
    send_message(again(case), text="We look into it.", by=staff(cast.carla), at=hours(5))
    assert told(case) == before


def test_one_that_is_switched_off_and_another_entity_s_are_told_nothing(cast: Cast) -> None:
    a_webhook(cast)
    set_webhook(cast.besos, "billing", is_active=False, by=None, at=FRIDAY)
    set_webhook(
        cast.ipe,
        "billing",
        address="https://systems.example/",
        events=Event.values,
        by=None,
        at=FRIDAY,
    )
    assert told(a_case(cast)) == []
