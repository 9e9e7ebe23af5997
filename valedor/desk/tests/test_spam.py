"""Mail held as spam is looked through by the day; what was meant keeps its date of arrival."""

from datetime import datetime, timedelta

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, RawMessage
from valedor.channels.email import inbound
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mail, Mailbox
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.foundation import chain

PLACE = "/desk/held/spam"
WRITTEN = b"From: Ana <ana@example.org>\r\nSubject: Pills\r\n\r\nMy bill.\r\n"
FROM_MACHINE = b"Auto-Submitted: auto-generated\r\n" + WRITTEN


@pytest.fixture
def mailbox(cast: Cast) -> Mailbox:
    return set_mailbox(
        cast.besos, "box", address="box@besos.example", language="es", by=None, at=people.FRIDAY
    )


def a_held(
    cast: Cast,
    mailbox: Mailbox,
    *,
    at: datetime = people.FRIDAY,
    trouble: str = "spam",
    content: bytes = WRITTEN,
) -> RawMessage:
    salt = chain.draw_salt()
    with people.acting(cast):
        raw = RawMessage.objects.create(
            entity=cast.besos,
            channel=Case.Channel.EMAIL,
            state=RawMessage.State.HELD,
            media_type="message/rfc822",
            content=content,
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": "0"}),
            trouble=trouble,
            envelope={"mailbox": mailbox.key},
            received_at=at,
        )
        Mail.objects.create(
            raw=raw, entity=cast.besos, seats=3, mailbox=mailbox, subject="Pills",
            sender_name="Ana", sender_address="ana@example.org", text="My bill.",
            verdict="9.0: add header",
        )  # fmt: skip
    return raw


def states(cast: Cast, *raws: RawMessage) -> list[str]:
    with people.acting(cast):
        return [RawMessage.objects.get(pk=raw.pk).state for raw in raws]


def test_they_stand_by_the_day_with_who_wrote_and_why(
    cast: Cast, sign_in: SignIn, mailbox: Mailbox
) -> None:
    a_held(cast, mailbox)
    a_held(cast, mailbox, at=people.FRIDAY - timedelta(days=1))
    client = sign_in(cast.bruno)
    page = client.get(PLACE)
    assert [len(day["mails"]) for day in page.context["days"]] == [1, 1]
    said = words_of(page)
    assert "Ana <ana@example.org>" in said
    assert "looks like spam (9.0 points)" in said
    assert client.get("/desk/held").context["raws"] == []
    assert sign_in(cast.dario).get(PLACE).context["days"] == []


def test_what_was_meant_is_registered_from_its_arrival(
    cast: Cast, sign_in: SignIn, mailbox: Mailbox
) -> None:
    early = people.FRIDAY - timedelta(days=2)
    meant, other = a_held(cast, mailbox, at=early), a_held(cast, mailbox)
    done = sign_in(cast.bruno).post(PLACE, {"do": "not-spam", "mail": [meant.pk]})
    assert (done.status_code, done["Location"]) == (302, PLACE)
    inbound.read_waiting(mailbox, now=lambda: people.FRIDAY)
    assert states(cast, meant, other) == ["registered", "held"]
    with people.acting(cast):
        assert Case.objects.get(subject="Pills").received_at == early


def test_what_is_spam_is_set_aside(cast: Cast, sign_in: SignIn, mailbox: Mailbox) -> None:
    raws = [a_held(cast, mailbox), a_held(cast, mailbox), a_held(cast, mailbox)]
    client = sign_in(cast.bruno)
    client.post(PLACE, {"do": "spam", "mail": [raws[0].pk, raws[1].pk]})
    assert states(cast, *raws) == ["set_aside", "set_aside", "held"]
    assert client.post(PLACE, {"do": "spam"}).status_code == 422
    assert sign_in(cast.gia).post(PLACE, {"do": "spam", "mail": raws[2].pk}).status_code == 409


def test_what_a_person_wrote_is_not_held_as_a_machine_s_for_ever(
    cast: Cast, sign_in: SignIn, mailbox: Mailbox
) -> None:
    raw = a_held(cast, mailbox, trouble="from a machine", content=FROM_MACHINE)
    client, place = sign_in(cast.bruno), f"/desk/held/messages/{raw.pk}"
    assert "A person wrote it: register it" in words_of(client.get(place))
    client.post(place, {"do": "not-spam"})
    inbound.read_waiting(mailbox, now=lambda: people.FRIDAY)
    assert states(cast, raw) == ["registered"]


def test_what_is_harmful_is_read_and_not_saved(
    cast: Cast, sign_in: SignIn, mailbox: Mailbox
) -> None:
    raw = a_held(cast, mailbox)
    client, place = sign_in(cast.bruno), f"/desk/held/messages/{raw.pk}"
    assert client.get(f"{place}/content").content == WRITTEN
    with people.acting(cast):
        RawMessage.objects.filter(pk=raw.pk).update(scan=RawMessage.Scan.INFECTED)
    assert "In quarantine" in words_of(client.get(place))
    refused = client.get(f"{place}/content")
    assert (refused.status_code, WRITTEN in refused.content) == (403, False)
