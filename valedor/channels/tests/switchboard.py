"""What the tests of calls stand on: a house with a line, and a switchboard that signs."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring

from django.test import Client

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.models import Call, Line, LineTrouble
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.telephone.signatures import (
    signature_of,
    twilio_signature_of,
)
from valedor.channels.tests.post_room import FILED_AT, a_house
from valedor.people.models import Entity

AT = FILED_AT
SECRET = "a switchboard's own secret"
ADDRESS = "/webhooks/telephone/besos/faults"


def a_line(house: Entity | None = None, **said: Any) -> Line:
    """The line for faults of a water company."""
    fields = {"name": "Avaries", "number": "900 106 240", "secret": SECRET} | said
    return set_line(house or a_house(), "faults", by=None, at=AT, **fields)


def told(kind: str = "offered", *, at: datetime = AT, **more: Any) -> dict[str, Any]:
    """What a switchboard says of its call ``c1``."""
    return {
        "id": f"c1-{kind}",
        "call": "c1",
        "event": kind,
        "at": at.isoformat(),
        "caller": "600 100 200",
    } | more


def post(
    said: dict[str, Any] | bytes,
    *,
    at: datetime = AT,
    secret: str = SECRET,
    signature: str | None = None,
    address: str = ADDRESS,
) -> Any:
    """Post an event as a switchboard signs it at a moment."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    timestamp = str(int(at.timestamp()))
    headers = {
        "Valedor-Timestamp": timestamp,
        "Valedor-Signature": signature_of(secret, timestamp, body)
        if signature is None
        else signature,
    }
    return Client().post(address, body, content_type="application/json", headers=headers)


def post_twilio(
    fields: dict[str, str], *, url: str, secret: str = SECRET, path: str = ADDRESS
) -> Any:
    """Post a status callback as Twilio signs it."""
    signature = twilio_signature_of(secret, url, {name: [said] for name, said in fields.items()})
    return Client().post(
        path,
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )


def verbs_of(answer: Any) -> list[Element]:
    """What Twilio is told to do, in order."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    return list(fromstring(answer.content))  # noqa: S314 -- our own words


def the_call() -> Call:
    """The only call."""
    with viewing(the_house()):
        return Call.objects.select_related("operator").get()


def troubles() -> dict[str, int]:
    """What was refused, and how often."""
    return dict(LineTrouble.objects.values_list("reason", "times"))
