"""Calls as a switchboard tells of them: believed when signed, once, in whatever order."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.models import Call, CallEvent, LineTrouble, RecordingConsent
from valedor.channels.telephone import arriving, forgetting, webhook
from valedor.channels.telephone.actions.consent import note_consent
from valedor.channels.telephone.actions.note_event import note_event
from valedor.channels.telephone.states import SILENT, Told, course_of
from valedor.channels.tests.post_room import a_case
from valedor.channels.tests.switchboard import (
    ADDRESS,
    AT,
    SECRET,
    a_line,
    post,
    post_twilio,
    the_call,
    told,
    troubles,
    verbs_of,
)
from valedor.channels.tests.test_chat import an_agent
from valedor.foundation.refusals import Refused
from valedor.intake.submission import PersonGiven

SECONDS = {"offered": 0, "answered": 40, "transferred": 90, "ended": 300}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "now", lambda: AT)


def _raws() -> list[RawMessage]:
    with viewing(the_house()):
        return list(RawMessage.objects.order_by("pk"))


def _events() -> list[str]:
    with viewing(the_house()):
        return list(CallEvent.objects.order_by("at").values_list("kind", flat=True))


# ------------------------------------------------------------------ the course of a call
@pytest.mark.parametrize("order", list(permutations(SECONDS)))
def test_the_order_in_which_events_come_changes_nothing(order: tuple[str, ...]) -> None:
    events = [Told(kind, AT + timedelta(seconds=SECONDS[kind])) for kind in order]
    course = course_of(events, at=AT + timedelta(days=1))
    assert course.state == "ended"
    assert course.answered_at == AT + timedelta(seconds=40)
    assert course.ended_at == AT + timedelta(seconds=300)
    assert course.abandoned_at is None


def test_a_call_that_ends_unanswered_was_abandoned_whatever_it_is_called() -> None:
    over = AT + timedelta(seconds=200)
    for word in ("ended", "abandoned"):
        course = course_of([Told(word, over), Told("offered", AT)], at=over)
        assert (course.state, course.abandoned_at, course.ended_at) == ("abandoned", over, None)
    answered = [Told("abandoned", over), Told("answered", AT)]
    assert course_of(answered, at=over).state == "ended"


def test_a_call_without_an_end_is_called_so_after_hours_and_an_end_still_counts() -> None:
    events = [Told("answered", AT)]
    assert course_of(events, at=AT + SILENT).state == "running"
    late = AT + SILENT + timedelta(seconds=1)
    assert course_of(events, at=late).state == "lost"
    assert course_of([*events, Told("ended", late)], at=late).state == "ended"


# ------------------------------------------------------------------ the webhook
@pytest.mark.django_db
def test_a_signed_event_is_kept_raw_and_becomes_a_call() -> None:
    a_line()
    answer = post(told())
    assert answer.status_code == 200, answer.content
    assert answer.json() == {"call": "c1", "state": "ringing", "record": False, "say": []}
    call = the_call()
    assert (call.caller, call.caller_said) == ("+34600100200", "600 100 200")
    assert call.offered_at == AT
    (raw,) = _raws()
    assert b'"c1-offered"' in bytes(raw.content or b"")
    assert raw.state == RawMessage.State.REGISTERED
    assert troubles() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("anonymous", ""),
        ("", ""),
        ("12", ""),
        ("sip:+34600100200@pbx.example;user=phone", "+34600100200"),
        ("+55 21 3123-4567", "+552131234567"),
        ("número de ningú", ""),
    ],
)
def test_a_number_from_nowhere_is_kept_as_it_was_said(said: str, number: str) -> None:
    a_line()
    assert post(told(caller=said)).status_code == 200
    call = the_call()
    assert (call.caller, call.caller_said) == (number, said)


@pytest.mark.django_db
def test_the_same_bytes_and_the_same_event_are_each_refused_the_second_time() -> None:
    a_line()
    assert post(told()).status_code == 200
    replayed = post(told())
    assert (replayed.status_code, replayed.json()["code"]) == (409, "repeated")
    other_words = post(told(queue="another"))
    assert (other_words.status_code, other_words.json()["code"]) == (409, "event_known")
    assert other_words["Content-Type"] == "application/problem+json"
    assert _events() == ["offered"]
    assert the_call().queue == ""
    assert troubles() == {"repeated": 2}


@pytest.mark.django_db
def test_what_is_forged_or_old_is_refused_counted_and_nothing_else() -> None:
    line = a_line()
    for secret in ("another secret, as long", ""):
        forged = post(told(), secret=secret)
        assert (forged.status_code, forged.json()["code"]) == (401, "forged")
    assert post(told(), signature="sha256=é").status_code == 401
    old = post(told(), at=AT - timedelta(minutes=5, seconds=1))
    assert (old.status_code, old.json()["code"]) == (401, "stale")
    assert post(told(), at=AT - timedelta(minutes=5)).status_code == 200
    large = post(b"x" * 70_000)
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    assert len(_raws()) == 1
    assert troubles() == {"forged": 3, "stale": 1, "too_large": 1}
    line.secret = None
    line.save(update_fields=["secret"])
    assert post(told("answered")).json()["code"] == "forged"
    assert post(told(), address="/webhooks/telephone/besos/none").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        b" ",
        b"not json",
        b"[" * 60_000,
        b'"words"',
        told(event="exploded"),
        told(id=None),
        told(id="x" * 121),
        told(call="nul\0l"),
        told(call="\ud800"),
        {**told(), "at": "yesterday"},
        {**told(), "at": "2026-11-20T09:00:00"},
        {**told(), "at": "0001-01-01T00:00:00+14:00"},
        {**told(), "at": "9999-12-31T23:59:59-14:00"},
    ],
)
def test_what_is_signed_and_unreadable_waits_for_a_person(said: Any) -> None:
    a_line()
    answer = post(said)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    (raw,) = _raws()
    assert (raw.state, raw.trouble) == (RawMessage.State.HELD, "unreadable call event")
    assert troubles() == {"unreadable": 1}
    with viewing(the_house()):
        assert not Call.objects.exists()


@pytest.mark.django_db
def test_an_event_whose_process_ended_is_read_by_the_next_pass() -> None:
    line = a_line()
    arriving.keep(line, b"[]", media_type="", address="", at=AT)
    later = AT + arriving.LEFT_OVER + timedelta(seconds=1)
    assert arriving.read_left_over(AT) == 0
    assert arriving.read_left_over(later) == 1
    assert [raw.state for raw in _raws()] == [RawMessage.State.HELD]
    assert arriving.read_left_over(later) == 0


@pytest.mark.django_db
def test_one_event_that_stumbles_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    line = a_line()
    for kind in ("offered", "answered"):
        body = json.dumps(told(kind)).encode()
        arriving.keep(line, body, media_type="", address="", at=AT)

    def stumbles(line: Any, event: Any, **more: Any) -> Any:
        if event.kind == "offered":
            raise ZeroDivisionError
        return note_event(line, event, **more)

    monkeypatch.setattr(arriving, "note_event", stumbles)
    assert arriving.read_left_over(AT + arriving.LEFT_OVER + timedelta(seconds=1)) == 2
    assert the_call().state == "running"
    assert sorted(raw.state for raw in _raws()) == [
        RawMessage.State.HELD,
        RawMessage.State.REGISTERED,
    ]


@pytest.mark.django_db
def test_all_who_called_long_ago_go_with_whatever_told_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 1)
    a_line()
    for number in ("c1", "c2", "c3"):
        post(told(call=number, id=number))
    assert post(told(call="c1", id="c1", queue="again")).json()["code"] == "event_known"
    assert forgetting.forget_callers(AT + forgetting.KEPT + timedelta(seconds=1)) == 3
    assert [raw.state for raw in _raws()] == [RawMessage.State.ERASED] * 4


@pytest.mark.django_db
def test_twilio_tells_in_its_own_words(settings: Any) -> None:
    settings.PUBLIC_URL = "https://valedor.example"
    a_line(format="twilio")
    url = f"https://valedor.example{ADDRESS}"
    said = {
        "CallSid": "CA1",
        "From": "+34600100200",
        "To": "+34900106240",
        "CallStatus": "ringing",
        "SequenceNumber": "0",
        "Timestamp": "Fri, 20 Nov 2026 08:14:00 +0000",
    }
    assert post_twilio(said, url=url).status_code == 200
    again = said | {"CallStatus": "ringing", "To": "client:x"}
    assert post_twilio(again, url=url).json()["code"] == "event_known"
    agent = {"CallSid": "CA2", "ParentCallSid": "CA1", "CallStatus": "in-progress"}
    assert post_twilio(agent, url=url).json() == {
        "call": "CA1",
        "state": "running",
        "record": False,
        "say": [],
    }
    done = said | {"CallStatus": "completed", "SequenceNumber": "2"}
    assert post_twilio(done, url=url).json()["state"] == "ended"
    assert post_twilio(said, url=url, secret="wrong").status_code == 401
    assert post(said).status_code == 401


@pytest.mark.django_db
def test_a_call_that_twilio_asks_about_goes_on_whatever_becomes_of_us(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_URL = "https://valedor.example"
    a_line(format="twilio")
    then = "https://voice.example/queue?for=faults&nights=0"
    path = f"{ADDRESS}?{urlencode({'then': then})}"
    said = {"CallSid": "CA1", "From": "+34600100200", "CallStatus": "ringing"}
    for _twice in range(2):  # Twilio asks again where it heard nothing.
        asked = post_twilio(said, url=f"https://valedor.example{path}", path=path)
        assert [(one.tag, one.text) for one in verbs_of(asked)] == [("Redirect", then)]
    assert the_call().state == Call.State.RINGING

    def broken(*_words: Any, **_more: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(arriving, "keep", broken)
    asked = post_twilio(said | {"CallSid": "CA2"}, url=f"https://valedor.example{path}", path=path)
    assert asked.status_code == 200
    wrong = f"{ADDRESS}?then=nowhere"
    refused = post_twilio(said, url=f"https://valedor.example{wrong}", path=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_address")
    # Where it goes on is signed, too.
    forged = post_twilio(said, url=f"https://valedor.example{path}", path=f"{path}%26x")
    assert forged.status_code == 401


@pytest.mark.django_db
def test_events_are_final_and_callers_go_after_a_year() -> None:
    a_line()
    post(told())
    with viewing(the_house()), pytest.raises(DatabaseError), transaction.atomic():
        CallEvent.objects.update(kind="ended")
    assert forgetting.settle_silent(AT + SILENT) == 0
    assert forgetting.settle_silent(AT + SILENT + timedelta(minutes=1)) == 1
    assert the_call().state == "lost"
    assert forgetting.forget_callers(AT + forgetting.KEPT) == 0
    post(told("answered"), secret="forged and counted")
    assert forgetting.forget_callers(AT + forgetting.KEPT + timedelta(seconds=1)) == 1
    call = the_call()
    assert (call.caller, call.caller_said) == ("", "")
    assert [(raw.state, raw.content) for raw in _raws()] == [(RawMessage.State.ERASED, None)]
    assert not LineTrouble.objects.exists()


# ------------------------------------------------------------------ lines
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "803 123 456"}, "premium_rate"),
        ({"number": "905 123 456"}, "premium_rate"),
        ({"number": "934 000 000", "other_number": "806 123 456"}, "premium_rate"),
        ({"number": "902 123 456"}, "other_number_missing"),
        ({"number": "902 123 456", "other_number": "901 123 456"}, "other_number_missing"),
        ({"number": "call me"}, "number_unreadable"),
        ({"other_number": "call me"}, "number_unreadable"),
        ({"name": " "}, "name_missing"),
        ({"format": "smoke"}, "unknown_word"),
        ({"secret": "short"}, "secret_short"),
    ],
)
def test_a_line_that_the_law_or_reason_forbids_is_refused(
    fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        a_line(**fields)
    assert refused.value.code == code


@pytest.mark.django_db
def test_a_line_keeps_its_secret_sealed_and_its_number_in_one_way() -> None:
    line = a_line(number="902 123 456", other_number="93 400 00 00")
    assert (line.number, line.other_number) == ("+34902123456", "+34934000000")
    assert SECRET.encode() not in bytes(line.secret or b"")


# ------------------------------------------------------------------ without its length
@pytest.mark.django_db
def test_a_post_that_does_not_say_its_length_is_refused_and_leaves_a_trace() -> None:
    a_line()
    answer = Client().generic(
        "POST", ADDRESS, b"{}", content_type="application/json", CONTENT_LENGTH=""
    )
    assert answer.status_code == 411
    assert answer.json()["code"] == "no_length"
    assert troubles() == {"no_length": 1}


# ------------------------------------------------------------------ recorded, and first
@pytest.mark.django_db
def test_a_call_is_recorded_only_after_a_yes_and_the_last_word_holds() -> None:
    line, nuria = a_line(), an_agent()
    assert post(told()).json()["record"] is False
    for is_given in (True, False):
        with viewing(viewer_of(nuria)) as viewer:
            note_consent(the_call(), is_given=is_given, viewer=viewer, by=nuria, at=AT)
        kind = "answered" if is_given else "ended"
        assert post(told(kind)).json()["record"] is is_given
    with viewing(the_house(line.entity_id)):
        assert RecordingConsent.objects.count() == 2, "both words stay"


@pytest.mark.django_db
def test_whoever_said_that_they_need_more_care_goes_first() -> None:
    line = a_line()
    person = PersonGiven(name="Ana Puig", telephone="600 100 200")
    a_case(line.entity, person=person, is_vulnerable=True)
    post(told())
    assert the_call().has_priority
    post(told() | {"id": "c2-offered", "call": "c2", "caller": "600 100 300"})
    with viewing(the_house()):
        assert not Call.objects.get(name_at_switch="c2").has_priority
