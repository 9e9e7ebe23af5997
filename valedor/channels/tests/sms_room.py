"""What the tests of short messages stand on: a house with a gateway, and telephones."""

import base64
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.models import Gateway
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.tests.post_room import FILED_AT, a_house
from valedor.people.models import Entity

SECRET = "the-gateway-s-own-secret"
DOOR = "/webhooks/sms/besos/main"
MOBILE = "34600100200"


def a_gateway(house: Entity | None = None, **said: Any) -> Gateway:
    """The gateway of a water company."""
    fields: dict[str, Any] = {"sender": "600 900 100", "secret": SECRET} | said
    return set_gateway(house or a_house(), "main", by=None, at=FILED_AT, **fields)


def bring(
    text: str, *, sender: str = MOBILE, secret: str = SECRET, time: str = "", **more: str
) -> Any:
    """A message as Kannel brings it."""
    query = urlencode({"from": sender, "to": "600900100", "text": text, "time": time} | more)
    return Client().get(f"{DOOR}?{query}", headers={"Authorization": authorization(secret)})


def authorization(secret: str = SECRET) -> str:
    """How Kannel proves itself."""
    return "Basic " + base64.b64encode(f"kannel:{secret}".encode()).decode()


def cases() -> list[Case]:
    """All cases, the oldest first."""
    with viewing(the_house()):
        return list(Case.objects.select_related("complainant", "entity").order_by("pk"))


def raws() -> list[tuple[str, str]]:
    """State and trouble of everything that arrived."""
    with viewing(the_house()):
        found = RawMessage.objects.order_by("received_at", "pk")
        return list(found.values_list("state", "trouble"))


def letters_of(case: Case) -> list[Letter]:
    """The letters of a case, the oldest first."""
    with viewing(the_house()):
        return list(Letter.objects.filter(case=case).select_related("contact_point").order_by("pk"))
