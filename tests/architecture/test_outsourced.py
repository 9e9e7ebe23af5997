"""People of another house: the open cases of their teams, and nothing else, on every page and in
every row.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.architecture.access_table import ROWS
from tests.architecture.visitors import signed_in
from tests.cast import Cast, a_case, acting, again, hours, the_cast
from valedor.casefile.access import cases_visible_to
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.counts import counters_for
from valedor.casefile.models import Case, Entry, Stage
from valedor.casefile.models.rows import CaseRow
from valedor.casefile.viewing import viewer_of, viewing
from valedor.desk.queries.alarms import alarm_rows
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.models import Alarm
from valedor.people.models import Account, Role, Team
from valedor.people.permissions import NOT_FOR_ANOTHER_HOUSE

pytestmark = pytest.mark.django_db


class World:
    """A centre of another house with an open case and one that is over; and a case of the house."""

    def __init__(self) -> None:
        self.cast: Cast = the_cast()
        self.team = Team.objects.create(
            key="centre", name={"es": "Centro", "en": "Centre"}, is_outsourced=True
        )
        self.team.entities.add(self.cast.besos)
        self.olga: Account = self.cast.join("olga", Role.HANDLER, self.team)
        self.theirs = a_case(self.cast, stage=Stage.ASSESSED)
        self.over = a_case(self.cast, stage=Stage.CLOSED)
        self.ours = a_case(self.cast, stage=Stage.ASSESSED)
        with acting(self.cast):
            Case.objects.filter(pk__in=[self.theirs.pk, self.over.pk]).update(
                team=self.team, holder=self.olga
            )

    def client(self) -> Client:
        client = Client()
        signed_in(self.olga)(client)
        return client


@pytest.fixture
def world() -> World:
    return World()


def _rows_of_cases() -> Iterator[type[CaseRow]]:
    for model in apps.get_models():
        if issubclass(model, CaseRow):
            yield model


def test_the_query_finds_the_open_cases_of_their_teams(world: World) -> None:
    viewer = viewer_of(world.olga)
    with viewing(viewer):
        assert list(cases_visible_to(viewer)) == [world.theirs]
    assert not viewer.permissions & NOT_FOR_ANOTHER_HOUSE
    assert counters_for(viewer, at=hours(9)).open == 1


def test_no_row_of_another_case_is_there_whatever_is_asked(world: World) -> None:
    """The wall of the database, with no condition in the query at all."""
    with viewing(viewer_of(world.olga)):
        assert list(Case.objects.values_list("pk", flat=True)) == [world.theirs.pk]
        for case in (world.over, world.ours):
            assert not Case.objects.filter(reference=case.reference).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT case_id FROM casefile_entry")
            assert cursor.fetchall() == [(world.theirs.pk,)]
        leaks = {
            model._meta.label
            for model in _rows_of_cases()
            if model._default_manager.exclude(case=world.theirs.pk).exists()
        }
    assert leaks == set()


def test_what_is_walled_off_is_every_row_of_a_case(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE permissive = 'RESTRICTIVE' "
            "AND policyname LIKE '%_own_teams'"
        )
        walled = {name for (name,) in cursor.fetchall()}
    missing = {model._meta.db_table for model in _rows_of_cases()} - walled - NOT_OF_THE_DESK
    assert missing == set(), "add a step OwnTeamsOnly to a migration"


# Marks and holds of whole cases that no page of a case shows, and calls, which come before a case.
NOT_OF_THE_DESK = {
    "channels_call",
    "channels_callcase",
    "channels_callevent",
    "channels_mailtrace",
    "privacy_legalhold",
}


def test_every_page_of_a_case_that_is_not_theirs_is_not_there(world: World) -> None:
    client = world.client()
    wrong = []
    for row in ROWS:
        if not row.name.startswith("desk:") or row.arguments.get("reference") != "case":
            continue
        for case in (world.over, world.ours):
            known: dict[str, Any] = {
                name: 1 if isinstance(value, str) and name.endswith("_id") else value
                for name, value in row.arguments.items()
            }
            address = reverse(row.name, kwargs={**known, "reference": case.reference})
            answer = getattr(client, row.method)(address, row.data)
            if answer.status_code not in {403, 404, 405}:
                wrong.append(f"{row.name}: {answer.status_code}")
    assert wrong == []


def test_no_list_names_another_case_and_none_is_taken_along(world: World) -> None:
    client = world.client()
    for queue in ("mine", "team", "unassigned", "overdue", "open", "closed"):
        page = client.get(f"/desk/?queue={queue}").content.decode()
        assert world.ours.reference not in page
        assert world.over.reference not in page
    found = client.get(f"/desk/search?q={world.ours.reference}")
    assert found.status_code != 302
    for name in ("held", "imports", "letters_out", "marked", "persons"):
        assert client.get(reverse(f"desk:{name}")).status_code in {403, 405}, name
    assert client.get(f"/desk/cases/{world.theirs.reference}").status_code == 200


def test_after_closing_nothing_is_there(world: World) -> None:
    client = world.client()
    address = f"/desk/cases/{world.theirs.reference}"
    assert client.get(address).status_code == 200
    with acting(world.cast):
        Case.objects.filter(pk=world.theirs.pk).update(stage=Stage.CLOSED, closed_at=hours(9))
    assert client.get(address).status_code == 404
    with viewing(viewer_of(world.olga)):
        assert not Entry.objects.exists()


def test_a_call_about_what_is_over_goes_to_the_house(world: World) -> None:
    """The holder of the centre sees the case no more, so nobody would see the call either."""
    with acting(world.cast):
        case = again(world.over)
        receive_message(
            case, text="Otra vez.", channel=Case.Channel.EMAIL, by=COMPLAINANT, at=hours(9)
        )
        alarm = Alarm.objects.get(case=case, cause=Alarm.Cause.PERSON_WROTE, settled_at=None)
        assert (alarm.account, alarm.team) == (None, world.cast.attention)
    bruno = viewer_of(world.cast.bruno)
    with viewing(bruno):
        assert world.over.reference in {one.reference for one in alarm_rows(bruno, at=hours(9))}


def test_a_call_about_what_is_open_goes_to_its_holder(world: World) -> None:
    with acting(world.cast):
        case = again(world.theirs)
        receive_message(
            case, text="¿Y bien?", channel=Case.Channel.EMAIL, by=COMPLAINANT, at=hours(9)
        )
        alarm = Alarm.objects.get(case=case, cause=Alarm.Cause.PERSON_WROTE, settled_at=None)
        assert (alarm.account, alarm.team) == (world.olga, world.team)


def test_they_do_their_work(world: World) -> None:
    client = world.client()
    note = {"text": "Called back."}
    assert client.post(f"/desk/cases/{world.theirs.reference}/note", note).status_code == 302
    with acting(world.cast):
        assert Entry.objects.filter(case=again(world.theirs), kind="case.note_written").exists()


def test_whoever_has_a_role_in_the_house_too_is_one_of_the_house(world: World) -> None:
    from tests.cast import FRIDAY
    from valedor.people.models import RoleGrant

    RoleGrant.objects.create(
        account=world.olga, role=Role.HANDLER, team=world.cast.attention, granted_at=FRIDAY
    )
    viewer = viewer_of(world.olga)
    assert viewer.only_teams == ()
    with viewing(viewer):
        assert cases_visible_to(viewer).count() == 3
