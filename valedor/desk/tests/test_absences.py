"""The page of absences: one's own, those of one's people, and what giving out cases makes of it."""

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.people.models import Absence

WEEK = {"from_on": "2026-11-21", "to_on": "2026-11-27", "note": "Marc stands in."}


def test_a_lead_says_it_for_her_people_and_no_case_goes_to_them(
    cast: Cast, sign_in: SignIn
) -> None:
    marc, case = cast.join("marc"), people.a_case(cast)
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(team=cast.attention)
    carla = sign_in(cast.carla)
    assert b'value="dario"' not in carla.get("/desk/absences").content
    done = carla.post("/desk/absences", {"who": "bruno"} | WEEK, follow=True)
    assert "Done: you said when somebody is away (bruno)." in words_of(done)
    assert "21 Nov 2026 to 27 Nov 2026 Marc stands in. Carla" in words_of(done)
    team = carla.get("/desk/team?of=nobody")
    assert "Bruno away today" in words_of(team)
    given = {"cases": [case.reference], "holder": "bruno", "reason": ""}
    refused = carla.post("/desk/team?of=nobody", given, follow=True)
    assert "away today" in words_of(refused)
    carla.post("/desk/team?of=nobody", given | {"holder": ""})
    with people.acting(cast):
        assert people.again(case).holder_id in {marc.pk, cast.carla.pk}


def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    page = bruno.post("/desk/absences", {"who": "bruno"} | WEEK | {"to_on": "2026-11-20"})
    assert page.status_code == 422
    assert "The last day lies before the first one." in words_of(page)
    assert b"Marc stands in." in page.content
    missing = bruno.post("/desk/absences", {"who": "bruno", "note": "x"})
    assert "Say from which day." in words_of(missing)
    assert bruno.post("/desk/absences", {"who": "carla"} | WEEK).status_code == 422
    assert not Absence.objects.exists()


def test_back_again_with_one_button_and_nobody_elses(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    bruno.post("/desk/absences", {"who": "bruno"} | WEEK)
    absence = Absence.objects.get()
    address = f"/desk/absences/{absence.pk}/end"
    assert sign_in(cast.dario).post(address).status_code == 404
    assert sign_in(cast.ines).post(address).status_code == 404
    done = bruno.post(address, follow=True)
    assert "ended an absence" in words_of(done)
    assert "Nobody is away" in words_of(done)
    again = bruno.post(address, follow=True)
    assert "This absence is over already." in words_of(again)
