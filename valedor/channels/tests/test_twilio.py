"""Twilio carries short messages both ways; whoever knows no Auth Token is not believed."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from django.test import Client
from pytest_django import Settings

from valedor.casefile.models import Case, Letter
from valedor.channels import sending
from valedor.channels.checkup import gateways as asked
from valedor.channels.models import Gateway
from valedor.channels.sms import carrier, twilio
from valedor.channels.tests.post_room import a_case, a_house, letter_now, lines_of
from valedor.channels.tests.sms_room import DOOR, a_gateway, cases
from valedor.foundation import moments
from valedor.intake.submission import PersonGiven

pytestmark = pytest.mark.usefixtures("committed_database")
TOKEN = "0123456789abcdef0123456789abcdef"
ANA = PersonGiven(name="Ana", telephone="600 100 200")


class Exchange:
    """The part of Twilio that takes messages; ``answers`` with a status and a body."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.answer: tuple[int, dict[str, Any]] = (201, {"sid": "SM1", "status": "queued"})
        exchange = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"])).decode()
                said = {name: values[0] for name, values in parse_qs(content).items()}
                exchange.taken.append(said | {"Authorization": self.headers["Authorization"]})
                status, body = exchange.answer
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_args: Any) -> None:
                """Quietly."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/Messages.json"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    found = Exchange()
    yield found
    found.server.shutdown()
    found.server.server_close()


def twilio_gateway(**said: Any) -> Gateway:
    fields = {"protocol": "twilio", "login": "AC1", "password": TOKEN, "secret": TOKEN} | said
    return a_gateway(**fields)


def bring(settings: Settings, path: str = DOOR, token: str = TOKEN, **fields: str) -> Any:
    """A form as Twilio posts it, signed with a token."""
    signed = {name: [value] for name, value in fields.items()}
    return Client().post(
        path,
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={
            "X-Twilio-Signature": twilio.signature_of(
                settings.PUBLIC_URL + path, signed, secret=token
            )
        },
    )


def a_letter(house: Any) -> Letter:
    letter = a_case(house, person=ANA, answer_channel=Case.Channel.SMS).letter
    assert letter is not None
    return letter


def test_the_signature_is_as_twilio_documents_it() -> None:
    """The worked example of Twilio's page on security."""
    fields = {
        "CallSid": ["CA1234567890ABCDE"],
        "Caller": ["+14158675309"],
        "Digits": ["1234"],
        "From": ["+14158675309"],
        "To": ["+18005551212"],
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    signed = twilio.signature_of(url, fields, secret="12345")
    assert signed == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_signed_message_becomes_a_case(settings: Settings) -> None:
    twilio_gateway()
    said = {
        "From": "+34600100200",
        "To": "+34600900100",
        "Body": "No tinc aigua",
        "MessageSid": "S",
    }
    for _time in range(2):
        assert bring(settings, **said).status_code == 200
    (case,) = cases()
    assert (case.subject, case.channel, case.language) == ("No tinc aigua", "sms", "ca")


def test_a_forged_one_becomes_nothing_and_is_counted(settings: Settings) -> None:
    gateway = twilio_gateway()
    for _time in range(3):
        refused = bring(settings, token="f" * 32, From="+34600100200", Body="x")
        assert refused.status_code == 401
    assert cases() == []
    (trouble,) = gateway.troubles.all()
    assert (trouble.reason, trouble.times, trouble.last_address) == ("forged", 3, "127.0.0.1")
    said = [finding.sentence for finding in asked()]
    assert any("refused 3 requests" in one for one in said)


def test_a_text_goes_out_and_its_report_comes_back(exchange: Exchange, settings: Settings) -> None:
    house = a_house()
    twilio_gateway(house=house, address=exchange.address)
    letter = a_letter(house)
    sending.deliver(letter.pk, at=moments.now())
    assert letter_now(letter).state == Letter.State.ACCEPTED
    assert letter_now(letter).last_answer == "201 SM1 queued"
    (taken,) = exchange.taken
    assert (taken["From"], taken["To"]) == ("+34600900100", "+34600100200")
    assert taken["Authorization"] == "Basic QUMxOjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm"
    path = taken["StatusCallback"].removeprefix(settings.PUBLIC_URL)
    assert bring(settings, path, MessageStatus="sent").status_code == 200
    assert letter_now(letter).arrived_at is None
    assert bring(settings, path, token="f" * 32, MessageStatus="delivered").status_code == 403
    assert letter_now(letter).arrived_at is None
    assert bring(settings, path, MessageStatus="delivered").status_code == 200
    assert "letter.delivered" in lines_of(letter.case)


def test_a_text_that_is_undelivered_comes_back(exchange: Exchange, settings: Settings) -> None:
    house = a_house()
    gateway = twilio_gateway(house=house, address=exchange.address)
    letter = a_letter(house)
    sending.deliver(letter.pk, at=moments.now())
    path = carrier.report_address(gateway, letter).removeprefix(settings.PUBLIC_URL)
    said = {"MessageStatus": "undelivered", "ErrorCode": "30005"}
    assert bring(settings, path, **said).status_code == 200
    assert letter_now(letter).state == Letter.State.REFUSED


def test_what_twilio_refuses_is_told_in_its_words(exchange: Exchange) -> None:
    house = a_house()
    twilio_gateway(house=house, address=exchange.address)
    exchange.answer = (400, {"code": 21211, "message": "Invalid 'To' number", "status": 400})
    letter = a_letter(house)
    sending.deliver(letter.pk, at=moments.now())
    now = letter_now(letter)
    assert (now.state, now.last_answer) == (
        Letter.State.REFUSED,
        "400 21211 Invalid 'To' number",
    )
