"""Whoever may open a page finds the way to it by clicking, from where they begin."""

import re
from collections import Counter, deque
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests import cast as people
from tests.architecture.access_table import ROWS, STAFF, Row
from tests.cast import Cast
from valedor.announcing.actions.set_webhook import set_webhook
from valedor.announcing.models import Announcement, Subscription
from valedor.bodies.actions.join import join
from valedor.bookings.actions.set_service import set_service
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Kind, RawMessage, Stage
from valedor.casefile.seats import BOTH_SIDES, OFFICE_FILE, Seat
from valedor.casefile.tests.builders import a_document
from valedor.casefile.viewing import viewer_of
from valedor.channels.chat.actions.begin import begin
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Call
from valedor.channels.post.actions.hand_in import hand_in
from valedor.channels.post.actions.print_letters import print_letters
from valedor.channels.post.scanning import keep_scan, open_scan
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.social.actions.note import note_public_message
from valedor.channels.telephone.actions.promise_call import promise_call
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.telephone.actions.take_call import begin_by_hand
from valedor.channels.tests.mail_room import a_mail_to
from valedor.channels.tests.scan_room import a_jpeg
from valedor.desk.tests.conftest import SignIn
from valedor.handling.actions.ask_area import ask_area
from valedor.handling.actions.offer_redress import offer_redress
from valedor.handling.actions.pass_on import pass_on
from valedor.incidents.collective.actions.declare import declare
from valedor.incidents.duty.actions.set_plan import set_duty_plan
from valedor.intake.models import ImportedFile, ImportReject
from valedor.intake.submission import PersonGiven
from valedor.knowledge.tests.shelf import an_article
from valedor.orders.actions.set_product import set_product
from valedor.people.actions.closures import add_closure
from valedor.people.actions.merge_persons import merge_persons
from valedor.people.actions.office import Step, ask_office
from valedor.people.models import Absence, Account, Role, Team
from valedor.procedures.actions.targets import set_target
from valedor.procedures.models import RedressOption
from valedor.programs.tokens import issue_token
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.tests.office_cast import (
    a_file_and_a_hearing,
    a_file_being_heard,
    a_recommendation,
)

ON_PAPER = PersonGiven(name="Joan Ferrer", postal_address="Carrer Major 1\n08001 Barcelona")
WORDS = dict.fromkeys(("ca", "es", "en"), "Words")
LOOKS_AT = 3
"""Of the pages under one name so many are opened: they lead to the same places."""
BY_THE_FIELD_ITSELF = {
    "desk:dossiers",
    "desk:draft",
    "desk:draft_drop",
    "desk:office_draft_drop",
    "desk:presence",
    "desk:preview",
    "desk:register_asked",
    "desk:register_known",
    "desk:scan_page",
    "desk:chat_article",
    "desk:put_article",
}
"""Asked for by a field while somebody writes, or as a picture, on pages that the crawl opens."""

GREYED = {("auditor", "desk:act")}
"""Buttons that say why not lead nowhere."""

_LINK = re.compile(r'\b(href|action|formaction|hx-get|hx-post)="([^"#]*)')


@pytest.fixture
def house(cast: Cast, tmp_path: Path, settings: Any) -> dict[str, Account]:
    settings.DOCUMENTS = tmp_path
    return something_of_everything(cast)


def something_of_everything(cast: Cast) -> dict[str, Account]:
    """One account a role, and something of everything that they could have to see to."""
    accounts = {
        "agent": cast.join("nuria", Role.AGENT),
        "handler": cast.bruno,
        "lead": cast.carla,
        "approver": cast.hugo,
        "area": cast.ines,
        "ombudsman": cast.felix,
        "auditor": cast.gia,
        "administrator": Account.objects.create_account(username="admin", name="Admin"),
    }
    accounts["administrator"].grants.create(role=Role.ADMINISTRATOR, granted_at=people.FRIDAY)
    on_paper: dict[str, Any] = {"person": ON_PAPER, "answer_channel": "letter"}
    cases = [
        people.a_case(cast, stage=Stage.ANSWERED_NOT_SENT, **on_paper),
        people.a_case(cast, stage=Stage.CLOSED),
        people.a_case(cast, stage=Stage.INVESTIGATION),
    ]
    for case in cases:
        a_document(case)
    with people.acting(cast):
        print_letters(cast.besos, by=cast.bruno, at=people.days(0.9))
        hand_in(
            people.again(cases[-1]), what="A bill.", pages=2, files=[], by=staff(cast.bruno),
            at=people.days(0.9),
        )  # fmt: skip
        scan = keep_scan(
            a_jpeg("Uno."), entity=cast.besos, name="letter.jpg", media_type="image/jpeg",
            channel="letter", received_at=people.FRIDAY, at=people.FRIDAY,
        )  # fmt: skip
    assert scan is not None
    open_scan(scan.pk, at=people.FRIDAY)
    _asked_and_offered(cast, cases[-1])
    thanks = people.a_case(cast, kind=Kind.THANKS, grievances=())
    with people.acting(cast):
        for whom in accounts.values():
            pass_on(thanks, account=whom, text="Well done.", by=staff(cast.bruno),
                    at=people.days(0.9))  # fmt: skip
    _merged(cast, *cases[1:])
    _not_read(cast)
    _set_up(cast, accounts["administrator"], cases[-1])
    a_file_and_a_hearing(cast, cases[-1])
    a_file_being_heard(cast, cases[1])
    a_recommendation(cast)
    _printed_by_the_office(cast)
    return accounts


def _printed_by_the_office(cast: Cast) -> None:
    on_paper = people.a_submission(cast, person=ON_PAPER, answer_channel="letter")
    file = bring_first_hand(on_paper, by=COMPLAINANT, at=people.days(0.5)).file
    with people.acting(cast):
        print_letters(
            cast.besos, by=cast.felix, at=people.days(0.9), cases=Case.objects.filter(pk=file.pk),
            seats=Seat.OMBUDSMAN,
        )  # fmt: skip


def _asked_and_offered(cast: Cast, case: Case) -> None:
    by, at = staff(cast.bruno), people.days(0.9)
    refund = RedressOption.objects.get(entity=cast.besos, key="refund")
    with people.acting(cast):
        ask_area(case, area=cast.billing, text="Which reading?", by=by, at=at)
        offer_redress(people.again(case), option=refund, amount=900, currency="EUR", by=by, at=at)  # type: ignore[arg-type]


def _merged(cast: Cast, one: Case, other: Case) -> None:
    with people.acting(cast):
        kept, absorbed = people.again(one).complainant, people.again(other).complainant
    assert kept is not None
    assert absorbed is not None
    merge_persons(kept, absorbed=absorbed, reason="One Ana.", by=cast.bruno, at=people.days(0.9))


def _not_read(cast: Cast) -> None:
    with people.acting(cast):
        for seats in (BOTH_SIDES, OFFICE_FILE):
            RawMessage.objects.create(
                entity=cast.besos,
                seats=int(seats),
                channel=Case.Channel.API,
                state=RawMessage.State.HELD,
                media_type="application/json",
                content=b"{",
                trouble="400 body_unreadable",
                received_at=people.FRIDAY,
            )
        file = ImportedFile.objects.create(
            entity=cast.besos,
            mapping="spreadsheet:0",
            source="spreadsheet",
            name="cases.csv",
            sha256="0" * 64,
            begun_at=people.FRIDAY,
        )
        ImportReject.objects.create(
            entity=cast.besos,
            file=file,
            record=3,
            line=4,
            content=b"a;b",
            reason="The row has 2 columns, the header has 9.",
            rejected_at=people.FRIDAY,
        )


def _declared(cast: Cast) -> None:
    words = dict.fromkeys(("ca", "es", "en"), "No water")
    declare(
        cast.besos,
        title=words,
        words=words,
        began_at=people.FRIDAY,
        expected_end_at=people.days(2),
        places=["Raval"],
        by=cast.bruno,
        at=people.days(1),
    )


def _set_up(cast: Cast, admin: Account, answered: Case) -> None:
    at = people.FRIDAY
    box = set_mailbox(cast.besos, "box", address="box@besos.example", by=None, at=at)
    a_mail_to(answered, box)
    with people.acting(cast):
        begin(answered, text="Bon dia.", language="ca", at=at)
    line = set_line(cast.besos, "faults", name="Avaries", number="900 106 240", by=None, at=at)
    with people.acting(cast):
        begin_by_hand(
            cast.besos, line=line, number="600 100 200", viewer=viewer_of(cast.bruno),
            by=cast.bruno, at=at,
        )  # fmt: skip
        Call.objects.create(
            entity=cast.besos, line=line, name_at_switch="c1", caller="+34600100300",
            state=Call.State.ABANDONED, abandoned_at=at, last_event_at=at,
        )  # fmt: skip
        promise_call(
            answered, line=line, number="600 100 200", wished_at=people.days(2), by=COMPLAINANT,
            at=at,
        )  # fmt: skip
    with people.acting(cast):
        note_public_message(
            cast.besos, network="Mastodon", address="https://mastodon.example/1", author="@ana",
            text="Nobody comes.", kind=Kind.COMPLAINT, language="ca", seen_at=at,
            viewer=viewer_of(cast.bruno), by=cast.bruno, at=at,
        )  # fmt: skip
    set_service(
        cast.besos, "counter", name=WORDS, place=WORDS, hours=["mon 09:00-14:00"], by=None, at=at
    )
    set_product(cast.besos, "connection", name=WORDS, by=None, at=at)
    people.a_body("board")
    join(cast.besos, "board", valid_from=at.date(), by=None, at=at)
    set_gateway(cast.besos, "main", sender="600 900 100", by=None, at=people.FRIDAY)
    issue_token("crm", cast.besos, ["cases:register"], by=None, at=people.FRIDAY)
    an_article(cast.besos)
    _declared(cast)
    set_duty_plan(cast.besos, cast.attention, by=None, at=at)
    webhook = set_webhook(
        cast.besos, "billing", address="https://x.example/", events=["case.closed"], by=None, at=at
    )
    Subscription.objects.update(paused_at=at, paused_why="silent")
    Announcement.objects.create(
        subscription=webhook, event="case.closed", body="{}", state="failed"
    )
    add_closure(cast.besos, date(2026, 12, 24), name=WORDS, by=None, at=at)
    set_target(cast.besos, "respond", name=WORDS, length=8, unit="calendar_days", by=None, at=at)
    office = Team.objects.create(key="office", name=WORDS, purpose=Team.Purpose.OMBUDSMAN)
    office.entities.set([cast.besos])
    cast.felix.grants.update(team=office)
    Absence.objects.create(
        account=cast.bruno, from_on="2026-12-01", to_on="2026-12-05", recorded_at=at
    )
    guest = Account.objects.create_account(username="sina", name="Sina")
    ask_office(
        Step.GRANT_ROLE,
        guest,
        role=Role.OMBUDSMAN_CLERK,
        team=office,
        by=admin,
        at=at,
        reason="New",
    )


def names_reached(client: Client) -> set[str]:
    """The names of the addresses that somebody can click to, beginning at the front door."""
    ahead, opened, reached = deque(["/desk/"]), Counter[tuple[str, str]](), set[str]()
    while ahead:
        response = client.get(ahead.popleft(), follow=True)
        assert response.status_code == 200, response.request["PATH_INFO"]
        here = response.request["PATH_INFO"]
        reached.add(_name_of(here))
        if not response["Content-Type"].startswith("text/html"):
            continue
        for does, found in _LINK.findall(response.content.decode()):
            link = urljoin(here, unescape(found))
            if link.startswith("/desk/cases/") or "lang=" in link:
                link = link.partition("?")[0]  # The same page, to write on or in another language.
            name = _name_of(link)
            reached.add(name)
            if does == "href" and name.startswith("desk:") and opened[name, link] == 0:
                opened[name, link] = 1
                opened[name, ""] += 1
                if opened[name, ""] <= LOOKS_AT:
                    ahead.append(link)
    return reached


def _name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _expected(viewer: str) -> set[str]:
    """What the table of access lets somebody open."""
    return {row.name for row in ROWS if _is_a_page(row) and row.answers[viewer] == 200}


def _is_a_page(row: Row) -> bool:
    return row.name.startswith("desk:") and row.name not in BY_THE_FIELD_ITSELF


def test_everybody_finds_the_way_to_every_page_of_theirs(
    house: dict[str, Account], sign_in: SignIn
) -> None:
    reached = {viewer: names_reached(sign_in(account)) for viewer, account in house.items()}
    lost = [
        f"{viewer}: {name}"
        for viewer in house
        for name in sorted(_expected(viewer) - reached[viewer])
        if (viewer, name) not in GREYED
    ]
    assert not lost, "\n".join(lost)
    everywhere = set[str]().union(*reached.values())
    named = {f"desk:{name}" for name in _names_of_the_desk()}
    assert named - everywhere - BY_THE_FIELD_ITSELF == set(), "nothing leads there"
    assert set(house) <= set(STAFF)


def _names_of_the_desk() -> set[str]:
    return {row.name.removeprefix("desk:") for row in ROWS if row.name.startswith("desk:")}
