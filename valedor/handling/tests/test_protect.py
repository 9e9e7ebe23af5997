"""The identity of the person among few: who sees the case then, and who lifts it again."""

from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.access import cases_visible_to
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Entry, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import viewer_of
from valedor.handling.actions.protect import lift_protection, protect
from valedor.people.models import Account


def sees(account: Account, case: Case) -> bool:
    return cases_visible_to(viewer_of(account)).filter(pk=case.pk).exists()


def test_only_its_holder_and_those_entitled_see_it(cast: Cast) -> None:
    case, marc = a_case(cast, stage=Stage.ASSESSED), cast.join("marc")
    assert sees(marc, case)
    protect(case, reason="Her partner works here.", by=staff(marc), at=hours(5))
    assert again(case).is_protected
    seen = [sees(one, case) for one in (cast.bruno, cast.carla, cast.gia, marc, cast.dario)]
    assert seen == [True, True, True, False, False]
    line = Entry.objects.get(case=case, kind="case.protected")
    assert (line.seats, line.by) == (int(Seat.COMPANY), marc)


def test_a_lead_lifts_it_and_nobody_else(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    protect(case, reason="A neighbour asked.", by=staff(cast.bruno), at=hours(5))
    with refusing(case, "not_permitted"):
        lift_protection(case, reason="Enough.", by=staff(cast.bruno), at=hours(6))
    with refusing(case, "not_permitted"):
        lift_protection(case, reason="Enough.", by=staff(cast.gia), at=hours(6))
    with refusing(case, "reason_missing"):
        lift_protection(case, reason=" ", by=staff(cast.carla), at=hours(6))
    lift_protection(case, reason="He moved away.", by=staff(cast.carla), at=hours(6))
    assert not again(case).is_protected
    assert kinds_of(case)[-2:] == ["case.protected", "case.protection_lifted"]


def test_refuses_strangers_the_done_and_the_unexplained(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    with refusing(case, "not_permitted"):
        protect(case, reason="-", by=staff(cast.dario), at=hours(9))
    with refusing(case, "not_permitted"):
        protect(case, reason="-", by=staff(cast.hugo), at=hours(9))
    with refusing(case, "reason_missing"):
        protect(case, reason="", by=staff(cast.bruno), at=hours(9))
    with refusing(case, "not_protected"):
        lift_protection(case, reason="-", by=staff(cast.carla), at=hours(9))
    protect(case, reason="Asked for it.", by=staff(cast.carla), at=hours(9))
    with refusing(case, "already_protected"):
        protect(case, reason="Again.", by=staff(cast.carla), at=hours(10))
