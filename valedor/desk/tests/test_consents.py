"""The consents to promotional contact as a file."""

import csv
from typing import Any

from tests import cast as people
from tests.cast import Cast
from valedor.desk.tests.conftest import SignIn
from valedor.intake.submission import PersonGiven
from valedor.people.models import AdministrationEntry, Role

HERE = "/desk/people/consents.csv"


def rows_of(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(response.content.decode().splitlines()))


def test_who_said_yes_is_saved_with_the_words_and_it_is_logged(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    wicked = people.a_case(cast, person=PersonGiven(name="=cmd()", email="x@example.org"))
    people.a_consent(case, cast.bruno)
    people.a_consent(wicked, cast.bruno, withdrawn_at=people.FRIDAY, withdrawn_through="telephone")
    rows = {row["email"]: row for row in rows_of(sign_in(cast.bruno).get(HERE))}
    assert rows["ana@example.org"]["words"].startswith("Sí, quiero")
    assert rows["ana@example.org"]["withdrawn_at"] == ""
    assert rows["x@example.org"]["name"] == "'=cmd()"
    assert rows["x@example.org"]["withdrawn_through"] == "telephone"
    entry = AdministrationEntry.objects.get(act="consents.exported")
    assert (entry.by, entry.after) == (cast.bruno, {"rows": 2})


def test_only_of_their_entities_and_for_whoever_may(cast: Cast, sign_in: SignIn) -> None:
    people.a_consent(people.a_case(cast), cast.bruno)
    assert len(rows_of(sign_in(cast.gia).get(HERE))) == 1
    assert rows_of(sign_in(cast.dario).get(HERE)) == []
    nuria = cast.join("nuria", Role.AGENT)
    assert sign_in(nuria).get(HERE).status_code == 403
