"""Completing stands in intake; it is tested here, beside the correcting that it is not."""

import pytest

from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Stage
from valedor.intake.actions.complete import complete
from valedor.people.models import ContactPoint, Role


def test_adds_what_was_missing(cast: Cast) -> None:
    case = a_case(cast)
    nuria = cast.join("nuria", role=Role.AGENT)
    complete(
        case,
        texts={"contract_number": "AB-20811-3"},
        contact={ContactPoint.Kind.TELEPHONE: "600 123 456"},
        by=staff(nuria),
        at=hours(1),
    )
    assert again(case).contract_number == "AB-20811-3"
    telephone = ContactPoint.objects.get(person=case.complainant, kind="telephone")
    assert telephone.normalised == "+34600123456"
    assert kinds_of(case)[-1] == "case.completed"


def test_what_is_there_is_corrected_instead(cast: Cast) -> None:
    case = a_case(cast, contract_number="AB-1")
    with refusing(case, "already_there"):
        complete(case, texts={"contract_number": "AB-2"}, by=COMPLAINANT, at=hours(1))
    with pytest.raises(KeyError):
        complete(case, texts={"stage": "closed"}, by=COMPLAINANT, at=hours(1))


def test_refuses_strangers_and_closed_cases(cast: Cast) -> None:
    case = a_case(cast)
    for stranger in (cast.gia, cast.ines, cast.hugo, cast.dario):
        with refusing(case, "not_permitted"):
            complete(case, texts={"contract_number": "1"}, by=staff(stranger), at=hours(1))
    closed = a_case(cast, stage=Stage.CLOSED)
    with refusing(closed, "closed"):
        complete(closed, texts={"contract_number": "1"}, by=staff(cast.bruno), at=hours(9))
