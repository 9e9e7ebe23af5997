"""Every address of the project times everybody who may come (``access_table.py``).

An address without a row fails. Where a case may not be seen, the answer and the number of queries
are those for a case that does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from tests.architecture.access_table import ELSEWHERE, ROWS, VIEWERS, Row
from tests.architecture.visitors import Visitors, visitors_of
from tests.cast import FRIDAY, a_case, a_consent, acting, days, the_cast
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Deadline
from valedor.casefile.tests.builders import a_document
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.post.actions.hand_in import hand_in
from valedor.channels.tests.mail_room import a_mail_to
from valedor.foundation.references import reference_of
from valedor.review.office.report.actions import draft
from valedor.review.tests.office_cast import a_file_and_a_hearing, a_recommendation

pytestmark = pytest.mark.django_db
NOWHERE = reference_of(2026, 999_999)


def _named(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _named(pattern, space + inner)
        elif pattern.name:
            yield space + pattern.name


def test_every_address_is_in_the_table() -> None:
    known = {row.name for row in ROWS}
    missing = {
        name
        for name in _named(get_resolver())
        if name not in known and not name.startswith(tuple(ELSEWHERE))
    }
    assert missing == set(), "add a row to tests/architecture/access_table.py"


def test_the_table_names_no_address_that_is_gone() -> None:
    assert {row.name for row in ROWS} - set(_named(get_resolver())) == set()


def test_every_row_answers_everybody() -> None:
    assert [row.name for row in ROWS if set(row.answers) != set(VIEWERS)] == []


@dataclass
class World:
    """The case that the table is about, what the addresses name, and who comes."""

    case: Case
    names: dict[str, Any]
    visitors: Visitors

    def ask(self, viewer: str, row: Row, reference: str) -> tuple[HttpResponse, int]:
        """Ask as a viewer; the answer and how many queries it took."""
        client, headers = self.visitors.of(viewer)
        known = self.names | {"case": reference}
        address = reverse(
            row.name,
            kwargs={
                name: known.get(value, value) if isinstance(value, str) else value
                for name, value in row.arguments.items()
            },
        )
        ask = getattr(client, row.method)
        connection.queries_log.clear()  # It holds nine thousand, and counts no further.
        with CaptureQueriesContext(connection) as queries:
            response = ask(address, row.data, headers=headers)
        return response, len(queries)


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.DOCUMENTS = tmp_path
    cast = the_cast()
    case, other = a_case(cast), a_case(cast)
    recused = cast.join("ivan")
    with acting(cast):
        Case.objects.filter(pk=case.pk).update(recused=[recused.pk])
        document = a_document(Case.objects.get(pk=case.pk))
        mailbox = set_mailbox(cast.besos, "box", address="box@besos.example", by=None, at=FRIDAY)
        mail = a_mail_to(case, mailbox)
        papers = hand_in(case, what="A bill.", pages=2, files=[], by=staff(cast.bruno), at=FRIDAY)
        deadline = Deadline.objects.filter(case=case).order_by("pk")[0]
    a_consent(case, cast.bruno)
    file, hearing = a_file_and_a_hearing(cast, case)
    draft(cast.besos, 2026, opening={"ca": "Un any."}, closing={}, by=cast.felix, at=days(1))
    names = {
        "file": file.reference,
        "hearing": hearing.pk,
        "recommendation": a_recommendation(cast).pk,
        "person": case.complainant_id,
        "document": document.pk,
        "deadline": deadline.pk,
        "letter": 1,
        "mail": mail,
        "papers": papers.pk,
    }
    return World(case, names, visitors_of(cast, [case], other, recused))


def test_everybody_gets_the_answer_of_the_table(world: World) -> None:
    wrong = []
    for row in ROWS:
        got = {
            viewer: world.ask(viewer, row, world.case.reference)[0].status_code
            for viewer in VIEWERS
        }
        wrong += [
            f"{row.name}: {viewer} got {got[viewer]}, should get {row.answers[viewer]}"
            for viewer in VIEWERS
            if got[viewer] != row.answers[viewer]
        ]
    assert not wrong, "\n".join(wrong)


def test_not_visible_and_not_existing_look_the_same(world: World) -> None:
    different = []
    for row in ROWS:
        if not row.is_of_a_case:
            continue
        for viewer in VIEWERS:
            if viewer in row.seeing:
                continue
            hidden, hidden_queries = world.ask(viewer, row, world.case.reference)
            missing, missing_queries = world.ask(viewer, row, NOWHERE)
            one = (hidden.status_code, hidden_queries)
            two = (missing.status_code, missing_queries)
            if one != two:
                different.append(f"{row.name}: {viewer} got {one}, and {two} where there is none")
    assert not different, "\n".join(different)
