"""Thanks on the desk: passed on from the case, read by whom they are for and by nobody else."""

from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Kind
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.handling.actions.pass_on import pass_on
from valedor.handling.models import Thanks


def thanks_of(cast: Cast) -> Case:
    return people.a_case(cast, kind=Kind.THANKS, grievances=(), narrative="Hamid was kind.")


def passed(cast: Cast) -> Thanks:
    with people.acting(cast):
        return Thanks.objects.get()


def test_are_passed_on_in_the_words_of_the_person(cast: Cast, sign_in: SignIn) -> None:
    case, bruno = thanks_of(cast), sign_in(cast.bruno)
    page = bruno.get(f"/desk/cases/{case.reference}")
    assert f"/desk/cases/{case.reference}/thanks" in page.content.decode()
    form = bruno.get(f"/desk/cases/{case.reference}/thanks").context["form"]
    assert form["text"].initial == "Hamid was kind."
    whom = f"staff-{cast.carla.pk}"
    address = f"/desk/cases/{case.reference}/thanks"
    bruno.post(address, {"whom": whom, "text": "Hamid was kind."})
    assert passed(cast).account == cast.carla
    wrong = bruno.post(address, {"whom": "", "text": "Hamid was kind."})
    assert wrong.status_code == 422
    assert "Choose whom the thanks are for" in words_of(wrong)


def test_are_read_by_whom_they_are_for(cast: Cast, sign_in: SignIn) -> None:
    case = thanks_of(cast)
    with people.acting(cast):
        pass_on(case, account=cast.carla, text="You were kind.", by=staff(cast.bruno),
                at=people.hours(1))  # fmt: skip
    carla, dario = sign_in(cast.carla), sign_in(cast.dario)
    assert "/desk/thanks" in carla.get("/desk/").content.decode()
    assert "You were kind." in words_of(carla.get("/desk/thanks"))
    assert "You were kind." not in words_of(dario.get("/desk/thanks"))
    address = f"/desk/thanks/{passed(cast).pk}"
    assert dario.post(address).status_code == 404
    assert passed(cast).read_at is None
    assert carla.post(address).status_code == 302
    assert passed(cast).read_at is not None
    assert "You were kind." in words_of(carla.get("/desk/thanks"))
    assert address not in carla.get("/desk/thanks").content.decode()


def test_of_an_area_are_read_there_without_the_case(cast: Cast, sign_in: SignIn) -> None:
    case = thanks_of(cast)
    with people.acting(cast):
        pass_on(case, area=cast.billing, text="You were kind.", by=staff(cast.bruno),
                at=people.hours(1))  # fmt: skip
    ines: Client = sign_in(cast.ines)
    page = words_of(ines.get("/desk/thanks"))
    assert "You were kind." in page
    assert case.reference not in page
    assert "Ana" not in page
    assert "/desk/thanks" in ines.get("/desk/inquiries").content.decode()
    assert ines.post(f"/desk/thanks/{passed(cast).pk}").status_code == 302
    assert passed(cast).read_at is not None
