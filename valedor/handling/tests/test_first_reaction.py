"""How soon somebody attends to an emergency: the house's own target, in minutes."""

from datetime import timedelta

import pytest

from tests.cast import FRIDAY, Cast, a_case, again
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Deadline, Kind
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.sweep import sweep
from valedor.handling.actions.take import take
from valedor.procedures.actions.targets import set_target


@pytest.fixture
def a_target(cast: Cast) -> None:
    names = dict.fromkeys(("es", "ca", "en", "pt-br"), "Somebody attends to it")
    set_target(
        cast.besos,
        "react",
        name=names,
        length=15,
        unit="minutes",
        kinds=[Kind.INCIDENT],
        by=None,
        at=FRIDAY - timedelta(days=1),
    )


def react_of(case: Case) -> Deadline:
    return Deadline.objects.get(case=case, duty="react")


@pytest.mark.usefixtures("a_target")
def test_an_emergency_waits_minutes_and_whoever_takes_it_reacts(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.INCIDENT)
    assert react_of(case).due_at == FRIDAY + timedelta(minutes=15)
    assert again(case).next_due_at == FRIDAY + timedelta(minutes=15)
    take(case, by=staff(cast.bruno), at=FRIDAY + timedelta(minutes=9))
    assert (react_of(case).state, react_of(case).met_at) == ("met", FRIDAY + timedelta(minutes=9))


@pytest.mark.usefixtures("a_target")
def test_somebodys_own_words_are_a_reaction(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.INCIDENT)
    at = FRIDAY + timedelta(minutes=4)
    send_message(case, text="Ya vamos.", by=staff(cast.bruno), at=at)
    assert react_of(case).state == "met"


@pytest.mark.usefixtures("a_target")
def test_nobody_in_time_is_missed_after_the_minutes(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.INCIDENT)
    sweep(at=FRIDAY + timedelta(minutes=16))
    assert react_of(case).state == "missed"
    assert again(case).urgency == Case.Urgency.OVERDUE


@pytest.mark.usefixtures("a_target")
def test_the_person_is_not_told_of_the_houses_own_target(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.INCIDENT)
    assert react_of(case).seats == 2
    assert not Deadline.objects.filter(case=a_case(cast), duty="react").exists()
