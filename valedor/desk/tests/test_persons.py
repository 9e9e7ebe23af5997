"""Whose case it is, records that are one person, and the identity of somebody protected."""

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import act, page_of, words_of
from valedor.intake.submission import PersonGiven
from valedor.people.models import PersonMerge

MARTA = PersonGiven(
    name="Marta Ríos",
    email="marta@example.org",
    telephone="+34600111222",
    identity_number="X1234567L",
)


def test_the_right_person_is_somebody_known(cast: Cast, sign_in: SignIn) -> None:
    wrong, hers = people.a_case(cast), people.a_case(cast, person=MARTA)
    bruno = sign_in(cast.bruno)
    for known in ("marta@example.org", "600 111 222", "x1234567l", hers.reference):
        seen = bruno.post(page_of(wrong, "person"), {"known": known, "reason": ""})
        assert seen.status_code == 422
        assert "Nobody else is known" not in words_of(seen)
    act(bruno, wrong, "person", known=hers.reference, reason="They swapped the letters.")
    with people.acting(cast):
        assert people.again(wrong).complainant == people.again(hers).complainant
    page = words_of(bruno.get(page_of(wrong)))
    assert "Marta Ríos" in page
    assert "Ana Puig" in page
    assert "They swapped the letters." in page
    assert "give a new code" in page
    assert wrong.reference in words_of(bruno.get("/desk/search?q=Ríos"))


def test_one_of_several_is_chosen_and_somebody_new_is_written_down(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast, person=PersonGiven(name="Nobody"))
    people.a_case(cast, person=MARTA)
    other = people.a_case(cast, person=MARTA)
    bruno, address = sign_in(cast.bruno), page_of(case, "person")
    given = {"known": "marta@example.org", "reason": "Her voice."}
    several = bruno.post(address, given)
    assert several.status_code == 422
    assert "Several people are known by that: choose one." in words_of(several)
    with people.acting(cast):
        wanted = people.again(other).complainant
    assert wanted is not None
    assert bruno.post(address, given | {"person": "17"}).status_code == 422
    assert bruno.post(address, given | {"person": wanted.pk}).status_code == 302
    new = {"known": "", "name": "Pere Mas", "telephone": "600 999 888", "reason": "He rang."}
    assert bruno.post(address, new | {"name": ""}).status_code == 422
    assert bruno.post(address, new).status_code == 302
    with people.acting(cast):
        person = people.again(case).complainant
        assert person is not None
        assert (person.name, person.contact_points.get().normalised) == ("Pere Mas", "+34600999888")


def test_nobody_is_found_of_whom_one_sees_no_case(cast: Cast, sign_in: SignIn) -> None:
    people.a_case(cast, person=MARTA)
    dario = sign_in(cast.dario)
    assert "Nobody of whom you see a case" in words_of(
        dario.get("/desk/people?q=marta@example.org")
    )
    assert "Marta" not in words_of(dario.get("/desk/people"))


def test_two_records_are_merged_and_parted(cast: Cast, sign_in: SignIn) -> None:
    first, second = people.a_case(cast, person=MARTA), people.a_case(cast, person=MARTA)
    bruno = sign_in(cast.bruno)
    start = bruno.get("/desk/people")
    assert "Marta Ríos · Marta Ríos" in words_of(start)
    address = start.context["doubles"][0]["url"]
    found = bruno.get(address)
    kept, absorbed = (record["number"] for record in found.context["records"])
    wrong = bruno.post(address, {"kept": kept, "absorbed": kept, "reason": "The same number."})
    assert "These are the same record already." in words_of(wrong)
    given = {"kept": kept, "absorbed": absorbed, "reason": "The same number."}
    assert bruno.post(address, given | {"reason": ""}).status_code == 422
    done = bruno.post(address, given, follow=True)
    assert "said that two records are one person" in words_of(done)
    assert "Counts as another record" in words_of(done)
    assert bruno.get("/desk/people").context["doubles"] == []
    assert second.reference in words_of(bruno.get(page_of(first)))
    merge = PersonMerge.objects.get()
    part = f"/desk/people/merges/{merge.pk}/end"
    assert sign_in(cast.dario).post(part).status_code == 404
    gia = sign_in(cast.gia)
    assert "Merge the records" not in words_of(gia.get(address))
    assert "does not let you merge" in words_of(gia.post(part, follow=True))
    parted = bruno.post(part, {"q": "marta@example.org"}, follow=True)
    assert "two people after all" in words_of(parted)
    merge.refresh_from_db()
    assert merge.undone_by == cast.bruno


@pytest.mark.parametrize("noun", ["protection", "protection-end"])
def test_a_reason_is_asked_for(cast: Cast, sign_in: SignIn, noun: str) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    answer = sign_in(cast.carla).post(page_of(case, noun), {"reason": ""})
    assert answer.status_code == (422 if noun == "protection" else 409)


def test_a_protected_person_is_seen_by_few(cast: Cast, sign_in: SignIn) -> None:
    case, marc = people.a_case(cast, stage=Stage.ASSESSED), cast.join("marc")
    bruno, carla = sign_in(cast.bruno), sign_in(cast.carla)
    assert sign_in(marc).get(page_of(case)).status_code == 200
    act(bruno, case, "protection", reason="Her partner works here.")
    assert sign_in(marc).get(page_of(case)).status_code == 404
    assert "Protected" in words_of(bruno.get(page_of(case)))
    lift = page_of(case, "protection-end")
    assert bruno.post(lift, {"reason": "Enough."}).status_code == 409
    act(carla, case, "protection-end", reason="He moved away.")
    assert sign_in(marc).get(page_of(case)).status_code == 200


def test_whoever_protects_a_case_that_they_do_not_hold_is_led_away(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    marc = sign_in(cast.join("marc"))
    done = marc.post(page_of(case, "protection"), {"reason": "She asked for it."}, follow=True)
    assert done.status_code == 200
    assert done.redirect_chain[-1][0] == "/desk/"
