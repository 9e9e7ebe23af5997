from datetime import timedelta

import pytest

from tests.cast import Cast, a_case, acting, days, kinds_of, refusing
from valedor.casefile.actors import staff
from valedor.casefile.letters import identity_code_of, words_by_mail, words_on_paper
from valedor.casefile.models import Case, Entry, Letter
from valedor.handling.actions.check_identity import check_identity, send_identity_code
from valedor.handling.models import IdentityCheck
from valedor.people.models import ContactPoint, Role


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast)


def _point(case: Case) -> ContactPoint:
    return ContactPoint.objects.get(person=case.complainant_id, kind="email")


def _sent(case: Case, cast: Cast, *, at: float = 2) -> tuple[IdentityCheck, str]:
    check = send_identity_code(
        case, contact_point=_point(case), by=staff(cast.bruno), at=days(at)
    )  # fmt: skip
    return check, identity_code_of(check.letter)


def test_who_reads_out_the_code_has_shown_who_they_are(cast: Cast, case: Case) -> None:
    check, code = _sent(case, cast)
    assert check_identity(case, code=f"{code[:3]} {code[3:]}", by=staff(cast.bruno), at=days(2))
    assert kinds_of(case)[-2:] == ["identity.code_sent", "identity.shown"]
    check.refresh_from_db()
    assert (check.passed_by, check.passed_at) == (cast.bruno, days(2))
    with refusing(case, "no_code"):  # Once.
        check_identity(case, code=code, by=staff(cast.bruno), at=days(2))


def test_the_code_lies_nowhere_and_leaves_with_the_letter(cast: Cast, case: Case) -> None:
    check, code = _sent(case, cast)
    letter = Letter.objects.select_related("case__entity").get(pk=check.letter_id)
    assert code in words_by_mail(letter, at=days(2))
    assert code not in words_on_paper(letter)  # What the desk and the case's page show.
    assert code not in letter.body + letter.subject
    assert code.encode() not in bytes(IdentityCheck.objects.get().digest)
    lines = Entry.objects.filter(case=case).select_related("content")
    assert not any(code in str(one.particulars) for one in lines)


def test_five_tries_and_no_sixth(cast: Cast, case: Case) -> None:
    _check, code = _sent(case, cast)
    wrong = "000000" if code != "000000" else "000001"
    for _time in range(5):
        assert not check_identity(case, code=wrong, by=staff(cast.bruno), at=days(2))
    assert kinds_of(case)[-1] == "identity.not_shown"
    with refusing(case, "tries_used_up"):
        check_identity(case, code=code, by=staff(cast.bruno), at=days(2))


@pytest.mark.parametrize(("minutes", "counts"), [(9.9, True), (10, False)])
def test_ten_minutes(cast: Cast, case: Case, minutes: float, counts: bool) -> None:
    _check, code = _sent(case, cast)
    at = days(2) + timedelta(minutes=minutes)
    if counts:
        assert check_identity(case, code=code, by=staff(cast.bruno), at=at)
    else:
        with refusing(case, "code_expired"):
            check_identity(case, code=code, by=staff(cast.bruno), at=at)


def test_a_second_code_ends_the_first(cast: Cast, case: Case) -> None:
    _first, old = _sent(case, cast)
    _second, new = _sent(case, cast, at=2.001)
    assert old == new or not check_identity(case, code=old, by=staff(cast.bruno), at=days(2.002))
    assert check_identity(case, code=new, by=staff(cast.bruno), at=days(2.002))


def test_an_address_that_came_with_this_contact_proves_nothing(cast: Cast, case: Case) -> None:
    with refusing(case, "not_known_before"):
        _sent(case, cast, at=0.5)
    ContactPoint.objects.filter(pk=_point(case).pk).update(verified_at=days(0))
    _sent(case, cast, at=0.5)  # They opened a link that went there: it is theirs.


def test_an_address_of_somebody_else_proves_nothing(cast: Cast, case: Case) -> None:
    other = a_case(cast)
    with refusing(case, "not_theirs"):
        send_identity_code(
            case, contact_point=_point(other), by=staff(cast.bruno), at=days(2)
        )  # fmt: skip


def test_no_more_than_five_codes_a_day(cast: Cast, case: Case) -> None:
    for number in range(5):
        _sent(case, cast, at=2 + number / 100)
    with refusing(case, "too_many_codes"):
        _sent(case, cast, at=2.1)
    _sent(case, cast, at=3.1)


def test_whoever_answers_the_telephone_may_check(cast: Cast, case: Case) -> None:
    nuria = cast.join("nuria", Role.AGENT)
    send_identity_code(case, contact_point=_point(case), by=staff(nuria), at=days(2))
    for stranger in (cast.hugo, cast.gia, cast.dario):
        with refusing(case, "not_permitted"):
            send_identity_code(
                case, contact_point=_point(case), by=staff(stranger), at=days(2)
            )  # fmt: skip
    with acting(cast):
        assert IdentityCheck.objects.count() == 1
