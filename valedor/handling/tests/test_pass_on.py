"""Thanks reach whom they are for, and end once they have."""

from tests.cast import Cast, a_case, again, hours, kinds_of, letters_leave, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, EntryContent, Kind, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.close import close
from valedor.handling.actions.pass_on import pass_on, read_thanks
from valedor.handling.actions.respond import respond
from valedor.handling.models import Closure, Thanks

NO_ANSWER = Closure.Reason.NO_ANSWER_NEEDED


def thanks_of(cast: Cast) -> Case:
    return a_case(cast, kind=Kind.THANKS, grievances=())


def test_reach_somebody_and_an_area(cast: Cast) -> None:
    case, by = thanks_of(cast), staff(cast.bruno)
    one = pass_on(case, account=cast.carla, text="Muy amable.", by=by, at=hours(1))
    other = pass_on(case, area=cast.billing, text="Bien hecho.", by=by, at=hours(2))
    assert (one.account, one.area, one.read_at) == (cast.carla, None, None)
    assert (other.account, other.area) == (None, cast.billing)
    assert kinds_of(case)[-2:] == ["case.thanks_passed_on"] * 2
    entry = Entry.objects.get(case=case, kind="case.thanks_passed_on", particulars__thanks=one.pk)
    assert entry.seats & Seat.COMPLAINANT  # Whoever wrote sees that it reached them.
    assert EntryContent.objects.get(pk=entry.pk).body == "Muy amable."
    read_thanks(one, at=hours(3))
    assert Thanks.objects.get(pk=one.pk).read_at == hours(3)


def test_end_once_they_were_passed_on(cast: Cast) -> None:
    case, by = thanks_of(cast), staff(cast.bruno)
    with refusing(case, "not_passed_on"):
        close(case, reason=NO_ANSWER, by=by, at=hours(1))
    pass_on(case, account=cast.carla, text="Muy amable.", by=by, at=hours(1))
    close(case, reason=NO_ANSWER, by=by, at=hours(2))
    assert again(case).stage == Stage.CLOSED
    with refusing(case, "closed"):
        pass_on(case, account=cast.carla, text="Once more.", by=by, at=hours(3))


def test_answered_they_end_without_waiting_for_a_word(cast: Cast) -> None:
    case, by = thanks_of(cast), staff(cast.bruno)
    pass_on(case, account=cast.carla, text="Muy amable.", by=by, at=hours(1))
    respond(case, opening="Se lo hemos leído.", by=by, at=hours(2))
    letters_leave(case, hours(3))
    close(case, reason=Closure.Reason.ANSWERED, by=by, at=hours(4))
    assert Closure.objects.get(case=case).reason == Closure.Reason.ANSWERED


def test_are_for_one_at_a_time(cast: Cast) -> None:
    case, by = thanks_of(cast), staff(cast.bruno)
    with refusing(case, "nobody_thanked"):
        pass_on(case, text="Muy amable.", by=by, at=hours(1))
    with refusing(case, "nobody_thanked"):
        pass_on(case, account=cast.carla, area=cast.billing, text="-", by=by, at=hours(1))
    with refusing(case, "empty"):
        pass_on(case, account=cast.carla, text=" ", by=by, at=hours(1))
    assert not Thanks.objects.exists()


def test_only_thanks_are_passed_on_and_only_by_whoever_handles_them(cast: Cast) -> None:
    complaint = a_case(cast)
    with refusing(complaint, "not_thanks"):
        pass_on(complaint, account=cast.carla, text="-", by=staff(cast.bruno), at=hours(1))
    case = thanks_of(cast)
    for stranger in (staff(cast.dario), staff(cast.gia), staff(cast.ines), COMPLAINANT):
        with refusing(case, "not_permitted"):
            pass_on(case, account=cast.carla, text="-", by=stranger, at=hours(1))
