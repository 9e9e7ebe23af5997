"""The wall, from outside: whoever is not of the office tries every door, the database included, and
meets no word that lies behind it, nor a number that counts it.

What is hidden, and who comes, is in ``canary_world.py``; what is tried, in ``doors.py``.
"""

import copy
import difflib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.architecture.canary_world import (
    OF_THE_OFFICE_ALONE,
    TELEPHONE,
    CanaryWorld,
    Then,
    company_accounts,
    the_canary_world,
)
from tests.architecture.doors import Door, doors, searches, steady, told_by
from tests.architecture.visitors import let_in
from valedor.casefile.models import Case, CaseRow
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import NOBODY, Viewer, complainant_of, viewer_of, viewing
from valedor.foundation import moments
from valedor.foundation.references import reference_of

pytestmark = pytest.mark.django_db

OF_THE_COMPANY = ("agent", "handler", "lead", "approver", "area", "auditor", "administrator")
NOWHERE = "qz0123456789abcd"
"""A word that nobody wrote anywhere."""
# What the application keeps outside the walls of a case, and who reads it.
KEPT_OPENLY = {
    "people_person": "read by way of a case that its reader sees (acts.persons, incidents)",
    "people_contactpoint": "the same",
    "review_declaration": "read by whoever declared it",
}


@pytest.fixture
def world(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> CanaryWorld:
    settings.DOCUMENTS = tmp_path
    monkeypatch.setattr(moments, "datetime", Then)
    return the_canary_world()


def _ask(world: CanaryWorld, viewer: str, door: Door) -> HttpResponse:
    client, headers = world.visitors.of(viewer)
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer: HttpResponse = getattr(client, door.method)(
            door.address, dict(door.query), headers=headers
        )
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _named(world: CanaryWorld) -> dict[str, Any]:
    return {
        "case": world.case.reference,
        "file": reference_of(2026, 999_999),
        "hearing": world.hearing.pk if world.hearing else 1,
        "person": world.case.complainant_id,
        "document": 1,
        "deadline": 1,
        "letter": 1,
        "mail": 1,
        "papers": 1,
        "none": "systems",  # The webhook that is told of everything.
    }


def _doors(world: CanaryWorld) -> list[Door]:
    """With the company's own case, with a file about it and with one brought first-hand."""
    references = [world.files[name].reference for name in ("brought", "first-hand")]
    return doors(_named(world), references, world.numbers())


def _outsiders(world: CanaryWorld) -> list[str]:
    """Whoever is not of the office, and whose case it is not."""
    return [name for name in world.visitors.enter if name not in {"ombudsman", "complainant"}]


def test_nobody_meets_a_word_from_behind_the_wall_at_any_door(
    world: CanaryWorld, record_property: Callable[[str, object], None]
) -> None:
    for name in world.visitors.enter:
        world.visitors.of(name)
    world.hide()
    world.address()
    leaks, tried = [], 0
    outsiders, every_door = _outsiders(world), _by_name(_doors(world))
    for viewer in outsiders:
        for door, answer in _opened(world, viewer, every_door):
            tried += 1
            assert answer.status_code < 500 or answer.status_code == 503, door
            typed = {where for where, word in world.canaries.words.items() if word in door.address}
            if met := world.canaries.within(told_by(answer)) - typed:
                leaks.append(f"{viewer} at {door.address} {dict(door.query)}: {sorted(met)}")
    assert not leaks, "\n".join(leaks)
    record_property("doors tried", tried)
    print(f"{len(outsiders)} visitors tried {tried} doors")
    assert len(world.canaries.words) > 40
    assert len(outsiders) > 25
    assert tried > 8_000


def _by_name(every: list[Door]) -> dict[str, list[Door]]:
    found: dict[str, list[Door]] = {}
    for door in every:
        found.setdefault(door.name, []).append(door)
    return found


def _opened(
    world: CanaryWorld, viewer: str, every: dict[str, list[Door]]
) -> Iterator[tuple[Door, HttpResponse]]:
    """Each door with what is behind it. Whoever is turned away at an address for who they are, with
    its own particulars and with what is hidden, is turned away with every mixture of them.
    """
    for same in every.values():
        turned_away = 0
        for door in (same[0], *reversed(same[1:])):
            answer = _ask(world, viewer, door)
            yield door, answer
            turned_away += _is_turned_away(answer)
            if turned_away == 2:
                break


def _is_turned_away(answer: HttpResponse) -> bool:
    """Whether somebody was told that this is no page of theirs, or to sign in first."""
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/")
    return to_sign_in or answer.status_code in {401, 403}


# A word of each sort: what somebody wrote, what the office wrote, who they are, a file, a draft.
LOOKED_FOR = (
    "text of the person", "name of evidence", "deliberation", "principles", "subject on paper",
    "name of somebody", "identity number", "text of a mail", "tie",
)  # fmt: skip


def test_a_search_for_a_word_of_the_office_finds_what_nobody_wrote(world: CanaryWorld) -> None:
    """The same page, to the letter, as for a word that stands nowhere; and for an address, a number
    or a reference, nothing of whoever has it.
    """
    world.hide()
    words = world.canaries.words
    others = [
        f"{words['e-mail of somebody']}@example.org",
        TELEPHONE,
        *(file.reference for file in world.files.values()),
    ]
    different = []
    for viewer in _outsiders(world):
        answers = {door: _ask(world, viewer, door) for door in searches(_named(world), NOWHERE)}
        opened = [door for door, answer in answers.items() if not _is_turned_away(answer)]
        for door in opened:
            nothing = _about(answers[door], NOWHERE)
            for word in (words[where] for where in LOOKED_FOR):
                said = _about(_ask(world, viewer, door.asked(word)), word)
                if said != nothing:
                    different.append(f"{viewer} at {door}, {word}: {_apart(nothing, said)}")
            for typed in others:
                found = world.canaries.within(told_by(_ask(world, viewer, door.asked(typed))))
                if found := {where for where in found if words[where] not in typed}:
                    different.append(f"{viewer} at {door}, {typed}: {found}")
    assert not different, "\n".join(different)


def _about(answer: HttpResponse, word: str) -> str:
    return steady(told_by(answer)).replace(word, "…")


def _apart(before: str, now: str) -> str:
    """What the one says and the other does not."""
    lines = difflib.unified_diff(before.split("\n"), now.split("\n"), lineterm="", n=0)
    return "".join(f"\n    {line[:400]}" for line in list(lines)[2:12])


def test_pages_of_the_company_are_the_same_with_files_as_without(world: CanaryWorld) -> None:
    """Lists, registers, badges, figures, exports, print lists, the outbox of webhooks, feeds."""
    every = doors(_named(world), [], {})
    line = world.incident.lines.get().pk
    for name, arguments in (
        ("incident", [world.incident.pk]),
        ("incident_send", [world.incident.pk, line]),
    ):
        every.append(Door(f"desk:{name}", reverse(f"desk:{name}", args=arguments)))
    before: dict[tuple[str, str, str], tuple[Door, str]] = {}
    for viewer in OF_THE_COMPANY:
        for door in every:
            if _ask(world, viewer, door).status_code == 200:  # Noted once an hour, or a session.
                text = steady(told_by(_ask(world, viewer, door)))
                before[viewer, door.address, str(door.query)] = (door, text)
    world.hide()
    different = []
    for (viewer, _address, _query), (door, text) in before.items():
        now = steady(told_by(_ask(world, viewer, door)))
        if now != text:
            different.append(f"{viewer} at {door.address}: {_apart(text, now)}")
    assert not different, "\n".join(different)
    assert len(before) > 300


def test_the_person_reads_nothing_of_what_the_office_keeps_for_itself(world: CanaryWorld) -> None:
    world.hide()
    world.address()
    files = [world.files["brought"], world.files["first-hand"]]
    world.visitors.enter = {**world.visitors.enter, "person": let_in(world.case, *files)}
    inside = {where for where in world.canaries.words if where in OF_THE_OFFICE_ALONE}
    assert inside == set(OF_THE_OFFICE_ALONE)
    leaks, met = [], set[str]()
    for door in _doors(world):
        found = world.canaries.within(told_by(_ask(world, "person", door)))
        met |= found
        if found & inside:
            leaks.append(f"{door.address}: {sorted(found & inside)}")
    assert not leaks, "\n".join(leaks)
    assert {"statement of the person", "letter to the person"} <= met  # It is their own file.


# ------------------------------------------------------------------ the database
def test_no_row_of_a_file_is_there_for_the_company_whatever_is_asked(world: CanaryWorld) -> None:
    world.hide()
    world.address()
    walled = [
        model
        for model in apps.get_models()
        if model is Case
        or issubclass(model, CaseRow)
        or {"case", "seats"} <= {field.name for field in model._meta.concrete_fields}
    ]
    assert len(walled) > 50
    assert _leaks(world, walled, viewer_of(world.office.felix)), "nothing is hidden at all"
    leaks = []
    for name, viewer in _viewers(world):
        leaks += [f"{name}: {leak}" for leak in _leaks(world, walled, viewer)]
    assert not leaks, "\n".join(leaks)


def _viewers(world: CanaryWorld) -> Iterator[tuple[str, Viewer]]:
    for name, account in company_accounts(world).items():
        yield name, viewer_of(account)
    entities = (world.cast.besos.pk, world.cast.ipe.pk)
    yield "an outside body", Viewer(entities=entities, seats=Seat.BODY)
    yield "an outside body at the case", Viewer(seats=Seat.BODY, case_id=world.case.pk)
    yield "an outside body at a file", Viewer(seats=Seat.BODY, case_id=world.files["brought"].pk)
    yield (
        "the company at a file",
        Viewer(entities=entities, seats=Seat.COMPANY, case_id=world.files["brought"].pk),
    )
    yield "the complainant of the case", complainant_of(world.case.pk)
    yield "nobody", NOBODY


def _leaks(world: CanaryWorld, models: list[Any], viewer: Viewer) -> list[str]:
    found = []
    files = [file.pk for file in world.files.values()]
    with viewing(viewer), connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            if table in KEPT_OPENLY:
                continue
            case = "id" if model is Case else "case_id"
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {case} < 0')  # noqa: S608
            if count := cursor.fetchone()[0]:
                found.append(f"{table}: {count} rows of files")
            if words := world.canaries.within(_whole(cursor, table)):
                found.append(f"{table}: {sorted(words)}")
    assert files
    return found


def _whole(cursor: Any, table: str) -> str:
    """Every row of a table, as text."""
    cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" AS t')  # noqa: S608
    return "\n".join(row for (row,) in cursor.fetchall())


def test_nothing_beside_the_walls_holds_a_word_of_a_file(world: CanaryWorld) -> None:
    """Jobs and their events, the outbox, the log of the administration, counts, sessions: every
    table that the application may read, looked at by nobody in particular.
    """
    world.hide()
    world.address()
    with viewing(NOBODY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')"
        )
        tables = {table for (table,) in cursor.fetchall()}
        held = {table: world.canaries.within(_whole(cursor, table)) for table in sorted(tables)}
    assert {"procrastinate_jobs", "procrastinate_events", "people_administrationentry"} <= tables
    leaks = {table: sorted(words) for table, words in held.items() if words}
    assert {table: words for table, words in leaks.items() if table not in KEPT_OPENLY} == {}
    assert set(leaks) == set(KEPT_OPENLY)


def test_no_line_of_a_log_holds_a_word_of_a_file(
    world: CanaryWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="valedor")
    world.hide()
    world.address()
    said = [
        f"{record.getMessage()} {record.__dict__}"
        for record in caplog.records
        if record.name.startswith("valedor")
    ]
    assert world.canaries.within("\n".join(said)) == set()
