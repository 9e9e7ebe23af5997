"""Whoever calls because of an outage hears of it before they wait, in their language."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.cast import Cast, hours
from valedor.channels.telephone import first_words, webhook
from valedor.channels.tests.switchboard import ADDRESS, a_line, post, post_twilio, told, verbs_of
from valedor.incidents.collective.actions.declare import end, tell_more
from valedor.incidents.tests.test_collective import WORDS, an_incident
from valedor.incidents.tests.test_tell_affected import somebody
from valedor.people.models import ContactPoint

POL = "600 111 222"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "now", lambda: hours(2))


def said_to(number: str, kind: str = "offered", call: str = "c1") -> list[dict[str, Any]]:
    """What the switchboard is to say to whoever calls from a number."""
    event = told(kind, at=hours(2), caller=number, call=call, id=f"{call}-{kind}")
    answer = post(event, at=hours(2))
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["say"]
    return found


def test_a_caller_who_lives_there_hears_of_it_in_their_language(cast: Cast) -> None:
    a_line(cast.besos)
    somebody(cast, "Pol", language="ca")
    assert said_to(POL) == []
    incident = an_incident(cast, places=["Raval"])
    (heard,) = said_to(POL, call="c2")
    assert (heard["language"], heard["sure"]) == ("ca", True)
    assert heard["text"].startswith("Tall d'aigua al Raval. S'ha trencat una canonada. ")
    assert "21 de novembre" in heard["text"]
    # What was told last is said; whoever is being talked to already hears nothing of it.
    more = {"ca": "Tornem a tenir aigua a les cinc.", "es": "A las cinco.", "en": "At five."}
    tell_more(incident, words=more, expected_end_at=None, by=cast.bruno, at=hours(1))
    (heard,) = said_to(POL, call="c3")
    assert "Tornem a tenir aigua a les cinc." in heard["text"]
    assert said_to(POL, "answered", call="c3") == []
    end(incident, ended_at=hours(2), words=WORDS, by=cast.bruno, at=hours(2))
    assert said_to(POL, call="c4") == []


def test_whoever_is_elsewhere_hears_nothing_and_of_whom_nothing_is_known_whom_it_is_for(
    cast: Cast,
) -> None:
    a_line(cast.besos)
    somebody(cast, "Mar", place="Gràcia")
    an_incident(cast, places=["Raval", "Carrer Major"])
    assert said_to(POL) == []
    for number, call in (("600 999 999", "c2"), ("anonymous", "c3")):
        (heard,) = said_to(number, call=call)
        assert heard["sure"] is False
        assert "Raval, Carrer Major" in heard["text"]


def test_an_address_is_enough_and_what_befalls_all_is_told_to_all(cast: Cast) -> None:
    a_line(cast.besos)
    person = somebody(cast, "Mar", place="")
    ContactPoint.objects.create(
        person=person, kind="post", value="Carrer Major 1, Badalona", created_at=hours(0)
    )
    an_incident(cast, places=["Carrer Major"])
    an_incident(cast, places=[])
    assert [one["sure"] for one in said_to(POL)] == [True, True]
    assert [one["sure"] for one in said_to("600 999 999", call="c2")] == [True, False]


def test_twilio_says_it_and_goes_on(cast: Cast, settings: Any) -> None:
    settings.PUBLIC_URL = "https://valedor.example"
    a_line(cast.besos, format="twilio")
    somebody(cast, "Pol", language="ca")
    an_incident(cast, places=["Raval"])
    then = "https://voice.example/queue"
    path = f"{ADDRESS}?then={quote(then, safe='')}"
    for number, voices in (("+34600111222", ["ca-ES"]), ("+34600999999", [])):
        fields = {"CallSid": f"CA{number}", "From": number, "CallStatus": "ringing"}
        asked = post_twilio(fields, url=f"https://valedor.example{path}", path=path)
        verbs = verbs_of(asked)
        assert [one.get("language") for one in verbs[:-1]] == voices
        assert (verbs[-1].tag, verbs[-1].text) == ("Redirect", then)


def test_no_call_waits_for_words_that_cannot_be_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_who: object) -> list[first_words.FirstWords]:
        raise ZeroDivisionError

    monkeypatch.setattr(first_words, "tellers", [broken])
    a_line(cast.besos)
    assert said_to(POL) == []
