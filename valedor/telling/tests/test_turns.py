"""Whose turn it is: the same in both rooms, to the day, at every stage."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, a_case, a_submission, acting, days, the_cast
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.viewing import complainant_of, viewer_of, viewing
from valedor.foundation.moments import now
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.ask import ask
from valedor.handling.actions.assess import assess
from valedor.handling.actions.take import take
from valedor.handling.queries import case_state
from valedor.people.models import Account
from valedor.people.second_factor import _SEEN
from valedor.portal.tests.test_case import let_in, url_of
from valedor.review.actions.contest import contest
from valedor.review.office.actions import hear
from valedor.review.office.actions.admit import admit, ask_missing
from valedor.review.office.actions.bring import bring
from valedor.review.office.actions.settle import propose
from valedor.review.office.models import Hearing, Statement
from valedor.review.tests.office_cast import the_office
from valedor.telling.turns import Turn, Who, turn_of_case

_DAY = re.compile(r"Last day: ([^.<]+)\.")


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def turn_seen(cast: Cast, case: Case, *, by: Account | None = None, at: datetime) -> Turn:
    """Whose turn it is as the person's page reckons it, or the desk of somebody."""
    viewer = viewer_of(by) if by else complainant_of(case.pk)
    with viewing(viewer):
        fresh = Case.objects.select_related("entity", "complainant").get(pk=case.pk)
        return turn_of_case(case_state(fresh), at=at)


def contested(cast: Cast) -> Case:
    case = a_case(cast, stage=Stage.ANSWERED)
    contest(case, reasons="It is wrong.", by=COMPLAINANT, at=days(1))
    return case


def asked(cast: Cast) -> Case:
    case = a_case(cast, stage=Stage.ASSESSED)
    with acting(cast):
        ask(case, text="Which bill?", answer_by=days(9), by=staff(cast.bruno), at=days(1))
    return case


def accepted(cast: Cast) -> Case:
    case = a_case(cast, stage=Stage.ANSWERED)
    accept_answer(case, by=COMPLAINANT, at=days(1))
    return case


STAGES: dict[str, tuple[Any, Who, str]] = {
    "received": (lambda cast: a_case(cast), Who.COMPANY, "answer"),
    "assessed": (lambda cast: a_case(cast, stage=Stage.ASSESSED), Who.COMPANY, "answer"),
    "investigation": (lambda cast: a_case(cast, stage=Stage.INVESTIGATION), Who.COMPANY, "answer"),
    "decided": (lambda cast: a_case(cast, stage=Stage.DECIDED), Who.COMPANY, "answer"),
    "answer on its way": (
        lambda cast: a_case(cast, stage=Stage.ANSWERED_NOT_SENT),
        Who.COMPANY,
        "answer",
    ),
    "asked": (asked, Who.PERSON, "answer_question"),
    "answered": (lambda cast: a_case(cast, stage=Stage.ANSWERED), Who.PERSON, "react"),
    "contested": (contested, Who.COMPANY, "second_look"),
    "closed": (lambda cast: a_case(cast, stage=Stage.CLOSED), Who.NOBODY, "closed"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_both_rooms_reckon_the_same_at_every_stage(cast: Cast, stage: str) -> None:
    made, who, what = STAGES[stage]
    case = made(cast)
    theirs = turn_seen(cast, case, at=days(2))
    ours = turn_seen(cast, case, by=cast.bruno, at=days(2))
    assert theirs == ours
    assert (ours.who, ours.what) == (who, what)
    assert who in {Who.NOBODY} or ours.until is not None


def desk_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    session = client.session
    session[_SEEN] = True  # The second factor has tests of its own.
    session.save()
    return client


def last_day_on(page: bytes) -> str:
    found = _DAY.search(page.decode())
    assert found is not None, page.decode()
    return found[1]


def test_both_pages_of_a_case_show_the_same_day(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=1))
    person = let_in(cast, case).get(url_of(case)).content
    house = desk_of(cast.bruno).get(f"/desk/cases/{case.reference}").content
    assert b"It is your turn: accept the answer" in person
    assert b"It is the person&#x27;s turn: they accept the answer" in house
    assert last_day_on(person) == last_day_on(house)


# ------------------------------------------------------------------ before the ombudsman
def brought(cast: Cast) -> tuple[Any, Case, Case]:
    office = the_office(cast)
    at = now() - timedelta(days=3)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=at)
    file = bring(case, text="Look again.", by=COMPLAINANT, at=now() - timedelta(days=1)).file
    return office, case, file


def both_pages(cast: Cast, office: Any, file: Case) -> tuple[bytes, bytes]:
    person = let_in(cast, file).get(url_of(file)).content
    theirs = desk_of(office.felix).get(reverse("desk:office_file", args=[file.reference]))
    assert theirs.status_code == 200
    return person, theirs.content


def test_to_be_admitted(cast: Cast) -> None:
    office, _case, file = brought(cast)
    person, theirs = both_pages(cast, office, file)
    assert b"The ombudsman is looking" in person
    assert b"It is our turn: to admit it or not." in theirs
    assert last_day_on(person) == last_day_on(theirs)


def test_something_is_missing(cast: Cast) -> None:
    office, _case, file = brought(cast)
    day = (now() + timedelta(days=12)).date()
    ask_missing(file, text="The bill, please.", send_by=day, by=office.by, at=now())
    person, theirs = both_pages(cast, office, file)
    assert b"it is your turn to send it" in person
    assert last_day_on(person) == last_day_on(theirs)


def test_the_company_is_asked_for_its_word(cast: Cast) -> None:
    office, case, file = brought(cast)
    admit(file, by=office.by, at=now())
    hear.ask(
        file, side=Statement.Side.COMPANY, text="Why twice?",
        answer_by=now() + timedelta(days=10), by=office.by, at=now(),
    )  # fmt: skip
    with acting(cast):
        hearing = Hearing.objects.get(file=file)
    person, theirs = both_pages(cast, office, file)
    address = reverse("desk:hearing", args=[hearing.pk])
    company = desk_of(cast.bruno).get(address)
    on_the_case = desk_of(cast.bruno).get(reverse("desk:case", args=[case.reference])).content
    assert on_the_case.count(f'href="{address}"'.encode()) == 2  # Its first button, and its note.
    # In its note, and in the timeline as words of theirs, not as a line of events.
    assert on_the_case.count(b"Why twice?") == 2
    assert b'entry__text"><p>Why twice?</p>' in on_the_case
    assert b"It is our turn: the ombudsman asked for our word." in on_the_case
    assert b"company&#x27;s turn: its word was asked for" in person
    assert b"It is our turn: the ombudsman asked for our word." in company.content
    assert last_day_on(person) == last_day_on(theirs) == last_day_on(company.content)


def test_both_sides_are_asked_and_each_finds_its_own_first(cast: Cast) -> None:
    office, _case, file = brought(cast)
    admit(file, by=office.by, at=now())
    for side, later in ((Statement.Side.COMPANY, 5), (Statement.Side.COMPLAINANT, 10)):
        hear.ask(
            file, side=side, text="Why twice?",
            answer_by=now() + timedelta(days=later), by=office.by, at=now(),
        )  # fmt: skip
    person, theirs = (page.decode() for page in both_pages(cast, office, file))
    own, other = "It is your turn: the ombudsman asked", "company&#x27;s turn: its word was asked"
    assert 0 < person.index(own) < person.index(other)
    own, other = "company&#x27;s turn: its word was asked", "person&#x27;s turn: their word was"
    assert 0 < theirs.index(own) < theirs.index(other)


def test_a_proposal_waits_for_the_person(cast: Cast) -> None:
    office, _case, file = brought(cast)
    admit(file, by=office.by, at=now())
    propose(
        file, side=Statement.Side.COMPANY, option="refund", text="", amount=Decimal(24),
        currency="EUR", answer_by=now() + timedelta(days=2), by=staff(cast.bruno), at=now(),
    )  # fmt: skip
    person, theirs = both_pages(cast, office, file)
    assert b"It is your turn: accept the proposal" in person
    assert last_day_on(person) == last_day_on(theirs)


def test_the_office_goes_on_when_nothing_is_asked(cast: Cast) -> None:
    office, _case, file = brought(cast)
    admit(file, by=office.by, at=now())
    with acting(cast):
        Statement.objects.filter(case=file, given_at=None).update(given_at=now())
    person, theirs = both_pages(cast, office, file)
    assert b"ombudsman&#x27;s turn" in person
    assert b"It is our turn: nothing that was asked is open." in theirs
    assert last_day_on(person) == last_day_on(theirs)


def test_an_enquiry_that_is_answered_with_a_word(cast: Cast) -> None:
    case = a_case(cast, submission=a_submission(cast, kind=Kind.ENQUIRY, grievances=()))
    with acting(cast):
        assess(
            case, severity=1, difficulty="simple", by=staff(cast.bruno), at=days(1), give_out=False
        )
        take(case, by=staff(cast.bruno), at=days(1))
    theirs = turn_seen(cast, case, at=days(2))
    assert theirs == turn_seen(cast, case, by=cast.bruno, at=days(2))
    assert theirs.who is Who.COMPANY
