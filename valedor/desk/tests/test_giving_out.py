"""Many cases at once: out of a queue, and everything of somebody who leaves."""

from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.people.models import Account


def test_a_queue_is_given_out_to_whoever_has_room(cast: Cast, sign_in: SignIn) -> None:
    cases = [people.a_case(cast) for _number in range(4)]
    carla: Client = sign_in(cast.carla)
    queue = carla.get("/desk/?queue=unassigned")
    assert "/desk/team/give-out?queue=unassigned" in queue.content.decode()
    page = carla.get("/desk/team/give-out?queue=unassigned")
    assert all(case.reference in words_of(page) for case in cases)
    nothing = carla.post("/desk/team/give-out?queue=unassigned", {"holder": ""})
    assert nothing.status_code == 422
    chosen = {"cases": [case.reference for case in cases], "holder": ""}
    done = carla.post("/desk/team/give-out?queue=unassigned", chosen, follow=True)
    assert "4 cases given out." in words_of(done)
    with people.acting(cast):
        holders = set(Case.objects.values_list("holder", flat=True))
    assert holders == {cast.bruno.pk, cast.carla.pk}


def test_who_leads_nothing_gives_nothing_out(cast: Cast, sign_in: SignIn) -> None:
    people.a_case(cast)
    bruno = sign_in(cast.bruno)
    assert "give-out" not in bruno.get("/desk/?queue=unassigned").content.decode()
    assert bruno.get("/desk/team/give-out").status_code == 403


def test_everything_of_somebody_who_leaves(cast: Cast, sign_in: SignIn) -> None:
    cases = [people.a_case(cast, stage=Stage.ASSESSED) for _number in range(2)]
    carla = sign_in(cast.carla)
    assert "give all of it to others" in words_of(carla.get("/desk/team"))
    page = words_of(carla.get("/desk/team/bruno/leaving"))
    assert "Give 2 cases to others" in page
    done = carla.post("/desk/team/bruno/leaving", {"reason": "Leaves on Friday."}, follow=True)
    assert "2 cases given out." in words_of(done)
    assert "Bruno holds nothing" in words_of(done)
    for case in cases:
        with people.acting(cast):
            assert people.again(case).holder == cast.carla


def test_taking_the_sign_in_away_leaves_no_case_with_nobody(cast: Cast, sign_in: SignIn) -> None:
    from valedor.people.models import Role, RoleGrant

    case = people.a_case(cast, stage=Stage.ASSESSED)
    admin = Account.objects.create_account(username="admin", name="Admin")
    RoleGrant.objects.create(account=admin, role=Role.ADMINISTRATOR, granted_at=people.FRIDAY)
    sign_in(admin).post("/desk/settings/people/bruno/activity")
    assert not Account.objects.get(username="bruno").is_active
    with people.acting(cast):
        assert people.again(case).holder == cast.carla
