"""Letters leave through a real server, once, and are never forgotten."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from valedor.casefile import letters
from valedor.casefile.models import Case, Deadline, Document, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import sending, tasks
from valedor.channels.email import mark
from valedor.channels.tests.post_room import (
    FILED_AT,
    PostRoom,
    a_case,
    a_house,
    a_post_room,
    address_of,
    letter_now,
    lines_of,
    part_of,
)
from valedor.foundation import jobs
from valedor.intake.submission import PersonGiven

pytestmark = pytest.mark.usefixtures("committed_database")
SOON = FILED_AT + timedelta(seconds=5)


@pytest.fixture
def room(settings: Settings) -> Iterator[PostRoom]:
    with a_post_room() as room:
        settings.SMTP_URL = room.url
        yield room


def change(letter: Letter | None, **fields: object) -> None:
    assert letter is not None
    with viewing(the_house()):
        Letter.objects.filter(pk=letter.pk).update(**fields)


def test_the_worker_sends_what_registration_queued(room: PostRoom) -> None:
    registration = a_case()
    jobs.work(concurrency=1, wait=False)
    letter = letter_now(registration.letter)
    assert letter.state == Letter.State.ACCEPTED
    assert letter.accepted_at is not None
    assert room.envelopes == [("valedor@127.0.0.1", ["ana@example.org"])]
    assert lines_of(registration.case).count("letter.accepted") == 1


def test_the_message_carries_text_html_receipt_and_our_token(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    (message,) = room.messages
    token = letters.token_of(registration.letter.pk)
    assert message["Message-ID"] == f"<{token}@127.0.0.1>"
    assert message["Reply-To"] == f"valedor+{token}@127.0.0.1"
    assert letters.letter_of(token) == registration.letter.pk
    assert message["From"] == "Aigües del Besòs <valedor@127.0.0.1>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ca"
    assert registration.case.reference in message["Subject"]
    assert message["X-Valedor-Sent-Again"] is None
    assert mark.is_ours([message[mark.OUR_MARK]])
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    text = part_of(message, "plain")
    assert "Hola, Ana Pérez Solà:" in text
    assert registration.access_code not in message.as_string()
    assert letters.LINK_MARK not in text


def test_the_link_in_the_mail_opens_the_case_and_is_not_in_the_file(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    text = part_of(room.messages[0], "plain")
    address = next(line for line in text.splitlines() if "?link=" in line)
    link = letters.read_mailed_link(address.partition("?link=")[2])
    assert link is not None
    assert link.case_id == registration.case.pk
    assert link.is_good(registration.case, at=SOON + timedelta(days=29))
    assert not link.is_good(registration.case, at=SOON + timedelta(days=31))
    assert "link=" not in letter_now(registration.letter).body
    assert letters.read_mailed_link(address.partition("?link=")[2][:-3] + "aaa") is None


def test_acceptance_meets_the_duty_of_the_letter(room: PostRoom) -> None:
    registration = a_case()
    due = next(one for one in registration.deadlines if one.state == Deadline.State.RUNNING)
    change(registration.letter, meets=due.pk)
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    with viewing(the_house()):
        due.refresh_from_db()
    assert (due.state, due.met_at) == (Deadline.State.MET, SOON)
    assert "limits.met" in lines_of(registration.case)


def test_a_letter_that_was_accepted_is_not_sent_twice(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    sending.deliver(registration.letter.pk, at=SOON + timedelta(hours=1))
    assert len(room.messages) == 1
    assert lines_of(registration.case).count("letter.accepted") == 1


def test_a_refusal_for_now_is_tried_again_later(room: PostRoom) -> None:
    room.to_address.append("451 greylisted, come back")
    registration = a_case()
    assert registration.letter is not None
    again_at = sending.deliver(registration.letter.pk, at=SOON)
    waiting = letter_now(registration.letter)
    assert again_at is not None
    assert timedelta(minutes=1) <= again_at - SOON <= timedelta(minutes=2)
    assert (waiting.state, waiting.next_attempt_at) == (Letter.State.QUEUED, again_at)
    assert "greylisted" in waiting.last_answer
    assert not waiting.sent_again
    sending.deliver(registration.letter.pk, at=again_at)
    assert letter_now(registration.letter).state == Letter.State.ACCEPTED
    assert len(room.messages) == 1


def test_a_refusal_for_good_becomes_work_at_once(room: PostRoom) -> None:
    room.to_address.append("550 no such mailbox")
    registration = a_case()
    assert registration.letter is not None
    assert sending.deliver(registration.letter.pk, at=SOON) is None
    refused = letter_now(registration.letter)
    assert refused.state == Letter.State.REFUSED
    assert "no such mailbox" in refused.last_answer
    assert lines_of(registration.case)[-1] == "letter.refused"
    assert address_of(refused).failed_at == SOON


def test_a_content_refused_for_good_does_not_blame_the_address(room: PostRoom) -> None:
    room.to_content.append("554 looks like spam")
    registration = a_case()
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    refused = letter_now(registration.letter)
    assert refused.state == Letter.State.REFUSED
    assert address_of(refused).failed_at is None


def test_too_many_refusals_become_work(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    at = SOON
    for _attempt in range(sending.ATTEMPTS):
        room.to_address.append("451 not now")
        at = sending.deliver(registration.letter.pk, at=at) or at
    assert letter_now(registration.letter).state == Letter.State.REFUSED
    assert at - SOON > timedelta(hours=4)
    assert lines_of(registration.case).count("letter.refused") == 1


def test_a_server_that_is_down_is_not_the_fault_of_the_letter(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    registration = a_case()
    assert registration.letter is not None
    assert sending.deliver(registration.letter.pk, at=SOON) is not None
    assert letter_now(registration.letter).state == Letter.State.QUEUED


def test_silence_after_the_message_sends_it_again_under_the_same_id(room: PostRoom) -> None:
    room.to_content.append("drop")
    registration = a_case()
    assert registration.letter is not None
    again_at = sending.deliver(registration.letter.pk, at=SOON)
    assert again_at is not None
    assert letter_now(registration.letter).sent_again
    sending.deliver(registration.letter.pk, at=again_at)
    first, second = room.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert (first["X-Valedor-Sent-Again"], second["X-Valedor-Sent-Again"]) == (None, "yes")
    assert letter_now(registration.letter).state == Letter.State.ACCEPTED


def test_silence_on_a_kept_connection_is_doubt_all_the_same(room: PostRoom) -> None:
    house = a_house()
    first, second = a_case(house).letter, a_case(house).letter
    assert first is not None
    assert second is not None
    sending.deliver(first.pk, at=SOON)
    room.to_content = ["drop"]
    again_at = sending.deliver(second.pk, at=SOON)
    assert again_at is not None
    assert sending.deliver(second.pk, at=again_at) is None
    _first, once, twice = room.messages
    assert once["Message-ID"] == twice["Message-ID"] == second.message_id
    assert (once["X-Valedor-Sent-Again"], twice["X-Valedor-Sent-Again"]) == (None, "yes")
    assert room.greetings == 2  # The connection in doubt carried nothing more.
    assert letter_now(second).state == Letter.State.ACCEPTED


def test_a_connection_lost_before_the_message_leaves_no_doubt(room: PostRoom) -> None:
    room.to_address.append("hang up")
    registration = a_case()
    assert registration.letter is not None
    assert sending.deliver(registration.letter.pk, at=SOON) is not None
    assert not letter_now(registration.letter).sent_again


def test_a_letter_in_other_hands_is_left_alone(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    change(registration.letter, state="sending", attempts=1, next_attempt_at=SOON + sending.LEASE)
    sending.deliver(registration.letter.pk, at=SOON)
    assert room.messages == []


def test_a_letter_of_a_killed_worker_is_found_and_sent_marked(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    change(registration.letter, state="sending", attempts=1, next_attempt_at=SOON)
    later = SOON + timedelta(minutes=1)
    assert sending.forgotten(SOON) == []
    assert sending.forgotten(later) == [registration.letter.pk]
    sending.deliver(registration.letter.pk, at=later)
    assert room.messages[0]["X-Valedor-Sent-Again"] == "yes"
    assert letter_now(registration.letter).state == Letter.State.ACCEPTED


def test_a_letter_whose_job_was_lost_is_put_back(room: PostRoom) -> None:
    registration = a_case()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    tasks.rescue_letters()
    jobs.work(concurrency=1, wait=False)
    assert letter_now(registration.letter).state == Letter.State.ACCEPTED


def test_rescue_does_not_queue_a_letter_twice(room: PostRoom) -> None:
    a_case()
    tasks.rescue_letters()
    tasks.rescue_letters()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [letters.DELIVER]
        )
        assert cursor.fetchone() == (1,)


def test_without_a_server_a_letter_waits_until_there_is_one(settings: Settings) -> None:
    registration = a_case()
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    assert letter_now(registration.letter).state == Letter.State.WAITING
    assert sending.forgotten(SOON) == []
    with a_post_room() as room:
        settings.SMTP_URL = room.url
        assert sending.forgotten(SOON) == [registration.letter.pk]
        sending.deliver(registration.letter.pk, at=SOON)
        assert len(room.messages) == 1


def test_what_is_marked_as_abuse_gets_no_automatic_mail(room: PostRoom) -> None:
    registration = a_case(is_marked_abuse=True)
    jobs.work(concurrency=1, wait=False)
    assert letter_now(registration.letter).state == Letter.State.WAITING
    assert sending.forgotten(SOON + timedelta(days=1)) == []
    assert room.messages == []


def test_hostile_words_stay_words(room: PostRoom) -> None:
    person = PersonGiven(name="Ana\r\nBcc: all@example.org", email="ana@example.org")
    registration = a_case(
        person=person, subject="<script>alert(1)</script>\r\nX-Evil: yes {reference}"
    )
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    (message,) = room.messages
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    html = part_of(message, "html")
    assert "<script>" not in html
    assert "{reference}" in part_of(message, "plain")
    assert room.envelopes[0][1] == ["ana@example.org"]


def test_an_address_that_is_none_becomes_work(room: PostRoom) -> None:
    registration = a_case(person=PersonGiven(name="Ana", email="ana@example.org\r\nRCPT TO:<x@y>"))
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    assert letter_now(registration.letter).state == Letter.State.REFUSED
    assert room.messages == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Hemos registrado su expediente"),
        ("ca", "Hem registrat el vostre expedient"),
        ("pt-br", "Registramos seu caso"),
        ("en", "We have registered your case"),
    ],
)
def test_the_receipt_speaks_the_language_of_the_filing(
    room: PostRoom, language: str, words: str
) -> None:
    registration = a_case(language=language)
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=SOON)
    assert words in room.messages[0]["Subject"]


def test_who_gave_no_email_gets_paper_to_post(room: PostRoom) -> None:
    entity = a_house()
    registration = a_case(
        entity, person=PersonGiven(name="Ana", postal_address="Carrer Major, 3\n08001 Barcelona")
    )
    letter = letter_now(registration.letter)
    assert (letter.state, letter.channel) == (Letter.State.WAITING, Case.Channel.LETTER)
    assert letter.due_at is not None
    at_the_counter = a_case(entity, person=PersonGiven(name="Ana"), channel=Case.Channel.IN_PERSON)
    assert letter_now(at_the_counter.letter).channel == Case.Channel.IN_PERSON
    on_screen = a_case(entity, person=PersonGiven(name="Ana"))
    assert on_screen.letter is None


def test_the_receipt_is_kept_once_with_the_case(room: PostRoom) -> None:
    registration = a_case()
    assert registration.letter is not None
    tasks.make_receipt(case_id=registration.case.pk, entry_id=0)
    sending.deliver(registration.letter.pk, at=SOON)
    tasks.make_receipt(case_id=registration.case.pk, entry_id=0)
    with viewing(the_house()):
        kept = Document.objects.filter(case=registration.case.pk, purpose="receipt")
        assert [document.media_type for document in kept] == ["application/pdf"]
    assert lines_of(registration.case).count("document.receipt_drawn_up") == 1
