"""Queues page by keyset, and every counter equals the length of its list."""

import random
from datetime import timedelta

import pytest
from django.http import QueryDict

from valedor.casefile import counts
from valedor.casefile.access import cases_visible_to
from valedor.casefile.filters import Filters, read_filters
from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.queues import Queue, condition_of, queue_page
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.viewing import Viewer, the_house, viewer_of, viewing
from valedor.people.models import Account, Entity, Role

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=4)
"""When somebody looks: the limits of some cases have passed, those of others not."""


def _staff() -> dict[str, Account]:
    besos, ipe = builders.an_entity("besos"), builders.an_entity("ipe")
    one, two, far = (
        builders.a_team(besos, "uno"),
        builders.a_team(besos, "dos"),
        builders.a_team(ipe),
    )
    return {
        "agent": builders.an_account("nuria", Role.AGENT, one),
        "handler": builders.an_account("bruno", Role.HANDLER, one),
        "other": builders.an_account("ivan", Role.HANDLER, two),
        "lead": builders.an_account("carla", Role.LEAD, one),
        "approver": builders.an_account("pau", Role.APPROVER, one),
        "area": builders.an_account("merce", Role.AREA, two),
        "elsewhere": builders.an_account("dario", Role.HANDLER, far),
        "auditor": builders.an_account("gia", Role.AUDITOR, None, besos, ipe),
        "ombudsman": builders.an_account("sindica", Role.OMBUDSMAN, one),
        "administrator": builders.an_account("admin", Role.ADMINISTRATOR, None, besos),
    }


def _random_lives(staff: dict[str, Account], chance: random.Random, number: int) -> list[Case]:
    entities = list(viewer_of(staff["auditor"]).entities)
    teams = {
        entity: list(viewer_of(account).teams)
        for entity, account in ((entities[0], staff["handler"]), (entities[1], staff["elsewhere"]))
    }
    handlers = [staff["handler"], staff["other"], staff["lead"], None]
    house = {entity.pk: entity for entity in Entity.objects.all()}
    kinds = [Kind.COMPLAINT, Kind.COMPLAINT, Kind.INCIDENT]
    cases = [
        builders.a_case(
            house[chance.choice(entities)],
            kind=chance.choice(kinds),
            touches_safety=chance.random() < 0.1,
        )
        for _ in range(number)
    ]
    for _ in range(number * 4):
        case = chance.choice(cases)
        stage = chance.choice([*Stage])
        builders.move(
            case,
            stage=stage,
            closed_at=LATER + timedelta(days=chance.randrange(9))
            if stage == Stage.CLOSED
            else None,
            holder=chance.choice(handlers),
            team_id=chance.choice([None, *teams[case.entity_id]]),
            urgency=chance.choice([*Case.Urgency]),
            is_protected=chance.random() < 0.2,
            recused=[staff["handler"].pk] if chance.random() < 0.2 else [],
            next_due_at=chance.choice([None, NOON + timedelta(hours=chance.randrange(9))]),
        )
        if chance.random() < 0.1:
            counts.fold()
    return cases


@pytest.mark.parametrize("seed", [1, 2])
def test_every_counter_equals_its_list_for_every_role(seed: int) -> None:
    staff = _staff()
    _random_lives(staff, random.Random(seed), 40)
    for name, account in staff.items():
        viewer = viewer_of(account)
        with viewing(viewer):
            counters = counts.counters_for(viewer, at=LATER)
            for queue in counts.COUNTED:
                listed = counts.count_by_rows(viewer, condition_of(viewer, queue, at=LATER))
                assert counters.of(queue) == listed, (name, queue)
    assert counts.counters_for(viewer_of(staff["lead"]), at=LATER).open > 5


def test_folding_changes_no_counter_and_leaves_no_increment() -> None:
    staff = _staff()
    _random_lives(staff, random.Random(3), 12)
    viewer = viewer_of(staff["lead"])
    with viewing(viewer):
        before = counts.counters_for(viewer, at=LATER)
        assert counts.fold() > 0
        assert counts.counters_for(viewer, at=LATER) == before
        assert counts.fold() == 0


def _walked(viewer: Viewer, queue: Queue, size: int) -> list[int]:
    found, cursor = [], ""
    while True:
        page = queue_page(viewer, queue, at=LATER, cursor=cursor, size=size)
        found += [line.id for line in page.lines]
        if not page.next:
            return found
        back = (
            queue_page(viewer, queue, at=LATER, cursor=page.previous, size=size).lines
            if cursor
            else []
        )
        assert [line.id for line in back] == (found[: -len(page.lines)][-size:] if cursor else [])
        cursor = page.next


@pytest.mark.parametrize("queue", [*Queue])
def test_pages_hold_every_case_once_in_order(queue: Queue) -> None:
    staff = _staff()
    _random_lives(staff, random.Random(4), 30)
    for account in (staff["handler"], staff["auditor"]):
        viewer = viewer_of(account)
        with viewing(viewer):
            walked = _walked(viewer, queue, size=4)
            column = "closed_at" if queue is Queue.CLOSED else "next_due_at"
            rows = cases_visible_to(viewer).filter(condition_of(viewer, queue, at=LATER))
            order = {case.pk: (getattr(case, column), case.pk) for case in rows}
            jumps = {case.pk for case in rows if case.is_emergency}
            assert sorted(walked) == sorted(order)
            if queue is Queue.CLOSED:
                assert walked == sorted(order, key=lambda pk: order[pk], reverse=True)
            else:
                assert walked == sorted(
                    order,
                    key=lambda pk: (
                        pk not in jumps,
                        order[pk][0] is None,
                        order[pk][0] or NOON,
                        pk,
                    ),
                )


@pytest.mark.parametrize(
    "queue", [Queue.MINE, Queue.TEAM, Queue.OPEN, Queue.OVERDUE, Queue.DUE_SOON, Queue.WAITING]
)
def test_an_emergency_jumps_the_queue_whatever_is_due_before_it(queue: Queue) -> None:
    staff = _staff()
    besos = Entity.objects.get(key="besos")
    cases = [
        builders.a_case(besos),
        builders.a_case(besos, kind=Kind.INCIDENT),
        builders.a_case(besos, touches_safety=True),
    ]
    due = {Queue.DUE_SOON: NOON + timedelta(days=1)}.get(queue, NOON)
    urgency = {Queue.DUE_SOON: Case.Urgency.DUE_SOON}.get(queue, Case.Urgency.OVERDUE)
    for number, case in enumerate(cases):
        builders.move(
            case,
            stage=Stage.INCOMPLETE,
            holder=staff["handler"],
            team_id=next(iter(viewer_of(staff["handler"]).teams)),
            urgency=urgency,
            next_due_at=due + timedelta(hours=number),
        )
    viewer = viewer_of(staff["handler"])
    with viewing(viewer):
        assert _walked(viewer, queue, size=1) == [cases[1].pk, cases[2].pk, cases[0].pk]


def test_a_cursor_that_cannot_be_read_begins_at_the_first_page_and_says_so() -> None:
    viewer = viewer_of(_staff()["lead"])
    with viewing(viewer):
        for bad in ("x", "W10", "WzEsMiwzXQ", "a" * 300, "WzAsImZvbyIsMV0", "[[[["):
            page = queue_page(viewer, Queue.OPEN, at=LATER, cursor=bad)
            assert page.trouble.endswith("here is the first one.")


def test_filters_narrow_and_tell_what_they_did_not_understand() -> None:
    staff = _staff()
    besos = Entity.objects.get(key="besos")
    orders = builders.a_case(besos, kind="order")
    late = builders.a_case(besos, received_at=LATER + timedelta(days=3))
    viewer = viewer_of(staff["lead"])
    with viewing(viewer):
        one = read_filters(QueryDict("kind=order"), viewer)
        assert [line.id for line in queue_page(viewer, Queue.OPEN, one, at=LATER).lines] == [
            orders.pk
        ]
        two = read_filters(QueryDict("received_from=2026-11-23&entity=besos"), viewer)
        assert [line.id for line in queue_page(viewer, Queue.OPEN, two, at=LATER).lines] == [
            late.pk
        ]
        assert read_filters(QueryDict(two.as_query()), viewer) == two
        bad = read_filters(
            QueryDict("kind=ticket&team=ipe-atencion&received_to=tomorrow&severity=7&entity=ipe"),
            viewer,
        )
        assert len(bad.troubles) == 5
        assert bad == Filters()


def test_a_case_of_another_entity_never_shows() -> None:
    staff = _staff()
    ipe = Entity.objects.get(key="ipe")
    foreign = builders.a_case(ipe)
    viewer = viewer_of(staff["lead"])
    with viewing(viewer):
        assert foreign.pk not in _walked(viewer, Queue.OPEN, 10)
    with viewing(the_house(ipe)):
        assert Case.objects.filter(pk=foreign.pk).exists()
