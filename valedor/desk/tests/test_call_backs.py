"""The calls that the house owes: by the hour that comes next, and those who hung up."""

from datetime import timedelta

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case
from valedor.channels.models import Call, CallBack
from valedor.channels.telephone.actions.promise_call import promise_call
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.people.models import Account, Role

LIST = "/desk/call-backs"
HOUR = timedelta(hours=1)


@pytest.fixture
def nuria(cast: Cast) -> Account:
    return cast.join("nuria", role=Role.AGENT)


def a_promise(cast: Cast, case: Case, *, hours: float) -> CallBack:
    with people.acting(cast):
        return promise_call(
            case,
            line=None,
            number="600 100 200",
            wished_at=people.days(1) + hours * HOUR,
            by=COMPLAINANT,
            at=people.days(1) - 3 * HOUR,
        )


def hung_up(cast: Cast, name: str, *, caller: str = "+34600100300", days: float = 0.9) -> Call:
    with people.acting(cast):
        return Call.objects.create(
            entity=cast.besos,
            name_at_switch=name,
            caller=caller,
            state=Call.State.ABANDONED,
            abandoned_at=people.days(days),
            last_event_at=people.days(days),
        )


def test_the_next_one_stands_first_and_late_ones_are_marked(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    later, late = people.a_case(cast), people.a_case(cast)
    a_promise(cast, later, hours=2)
    a_promise(cast, late, hours=-1)
    page = sign_in(nuria).get(LIST)
    assert [one["reference"] for one in page.context["promised"]] == [
        late.reference,
        later.reference,
    ]
    assert [one["tone"] for one in page.context["promised"]] == ["late", ""]


def test_somebody_who_was_reached_is_written_down_at_once(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    promised = a_promise(cast, case, hours=0)
    browser = sign_in(nuria)
    page = browser.get(f"{LIST}/{promised.pk}")
    assert 'href="tel:+34600100200"' in page.content.decode()
    answer = browser.post(f"{LIST}/{promised.pk}", {"do": "try", "result": "spoke"})
    assert answer.url == f"/desk/cases/{case.reference}/received-message"  # type: ignore[attr-defined]
    again = browser.post(f"{LIST}/{promised.pk}", {"do": "try", "result": "spoke"})
    assert again.status_code == 409


def test_whoever_may_not_see_the_case_sees_no_promise(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    promised = a_promise(cast, case, hours=0)
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(recused=[nuria.pk])
    browser = sign_in(nuria)
    assert case.reference not in words_of(browser.get(LIST))
    assert browser.get(f"{LIST}/{promised.pk}").status_code == 404


def test_a_caller_who_hung_up_stands_once_and_is_written_down_when_reached(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    hung_up(cast, "c1", days=0.5)
    last = hung_up(cast, "c2")
    hung_up(cast, "c3", caller="")
    hung_up(cast, "c4", caller="+34600100400", days=-8)
    browser = sign_in(nuria)
    page = browser.get(LIST)
    (row,) = page.context["hung_up"]
    assert (row["number"], row["times"]) == ("+34 600 10 03 00", 2)
    assert page.context["without_number"] == 1
    answer = browser.post(f"/desk/calls/{last.pk}/return", {"result": "spoke"})
    with people.acting(cast):
        begun = Call.objects.get(is_by_hand=True)
    assert answer.url == f"/desk/calls/{begun.pk}"  # type: ignore[attr-defined]
    assert begun.caller == "+34600100300"
    assert browser.get(LIST).context["hung_up"] == []
