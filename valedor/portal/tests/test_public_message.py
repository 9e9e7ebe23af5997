"""A public message becomes part of a case when its author agrees, and no longer than they do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from valedor.casefile import store
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Document, Entry, Kind, RawMessage
from valedor.casefile.tests import builders
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels import tasks
from valedor.channels.models import PublicConsent, PublicMessage
from valedor.channels.social import words
from valedor.channels.social.actions.note import note_public_message
from valedor.channels.social.actions.withdraw import withdraw_consent
from valedor.channels.social.forgetting import forget_unanswered
from valedor.channels.social.links import link_to, message_of, signed
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.portal.tests.walking import Visitor, text_of, token_of
from valedor.privacy.leavings import remove_contents

SAID = "Third leak this month at @besos and nobody comes."
States = PublicMessage.State


def noted(cast: Cast, **said: Any) -> PublicMessage:
    at = now()
    fields: dict[str, Any] = {
        "network": "Mastodon",
        "address": "https://mastodon.example/@ana/1",
        "author": "@ana",
        "text": SAID,
        "kind": Kind.COMPLAINT,
        "language": "en",
        "seen_at": at - timedelta(hours=2),
    }
    viewer = viewer_of(cast.bruno)
    with viewing(viewer):
        return note_public_message(
            cast.besos, **fields | said, viewer=viewer, by=cast.bruno, at=said.pop("at", at)
        )


def address_of(message: PublicMessage) -> str:
    return f"/besos/public-message/{signed(message)}"


def answer(message: PublicMessage, does: str = "agree", **more: str) -> Any:
    visitor = Visitor()
    page = visitor.get(address_of(message))
    assert page.status_code == 200
    data = {"token": token_of(text_of(page)), "do": does, **more}
    return visitor.post(address_of(message), data)


def fresh(message: PublicMessage) -> PublicMessage:
    with viewing(the_house()):
        return PublicMessage.objects.select_related("case", "document").get(pk=message.pk)


def lines(case: Case) -> list[str]:
    with viewing(the_house()):
        found = Entry.objects.filter(case=case).order_by("sequence")
        return list(found.values_list("kind", flat=True))


def test_what_is_pasted_names_nobody_and_nothing(cast: Cast) -> None:
    message = noted(cast)
    for language in ("es", "ca", "pt-br", "en"):
        message.language = language
        said = words.to_paste(message, link_to(message))
        assert link_to(message) in said
        assert not any(one in said for one in ("@ana", SAID, "Besòs", "Mastodon"))


def test_the_question_shows_what_would_be_brought_in(cast: Cast) -> None:
    message = noted(cast)
    page = Visitor().get(address_of(message))
    shown = text_of(page)
    for words_shown in (SAID, "@ana", "https://mastodon.example/@ana/1", "I can take this back"):
        assert words_shown in shown
    assert page["Referrer-Policy"] == "no-referrer"


def test_a_forged_link_leads_nowhere(cast: Cast) -> None:
    message = noted(cast)
    assert Visitor().get(f"/besos/public-message/{message.pk}:aaaa").status_code == 404
    assert Visitor().get(f"/ipe/public-message/{signed(message)}").status_code == 404
    assert message_of(signed(message), cast.besos.pk) == message


def test_agreeing_registers_a_case_with_the_message_and_the_consent(cast: Cast) -> None:
    message = noted(cast)
    response = answer(message, email="ana@example.org", name="Ana Puig")
    assert response.status_code == 302
    found = fresh(message)
    case = found.case
    assert case is not None
    assert response.url == f"/besos/complain/received/{case.reference}"
    assert (found.state, found.text, found.author, found.address) == (States.AGREED, "", "", "")
    document_id = found.document_id or 0
    with viewing(the_house()):
        case = Case.objects.select_related("complainant").get(pk=case.pk)
        assert (case.channel, case.kind) == (Case.Channel.SOCIAL, Kind.COMPLAINT)
        assert case.subject == "Public message on Mastodon"
        assert case.complainant is not None
        assert case.complainant.name == "Ana Puig"
        assert case.received_at > message.seen_at
        document = Document.objects.get(pk=document_id)
        consent = PublicConsent.objects.get(message=message)
        raw = RawMessage.objects.get(case=case)
    kept = store.read(document.sha256).decode()
    assert SAID in kept
    assert "https://mastodon.example/@ana/1" in kept
    assert (consent.author, consent.version, consent.given_at) == ("@ana", 1, case.received_at)
    assert consent.words.startswith("I wrote this message. I agree that")
    assert b"do=agree" in bytes(raw.content or b"") or b"agree" in bytes(raw.content or b"")
    assert "social.brought_in" in lines(case)
    assert not verify().broken


def test_an_answer_is_given_once(cast: Cast) -> None:
    message = noted(cast)
    assert answer(message).status_code == 302
    again = Visitor().get(address_of(message))
    assert SAID not in text_of(again)
    assert "This question is closed" in text_of(again)
    with viewing(the_house()):
        before = Case.objects.count()
    page = Visitor().get("/besos/complain")
    data = {"token": token_of(text_of(page)), "do": "agree"}
    assert Visitor().post(address_of(message), data).status_code == 409
    with viewing(the_house()):
        assert Case.objects.count() == before


def test_an_address_that_is_none_brings_nothing_in(cast: Cast) -> None:
    message = noted(cast)
    assert answer(message, email="nowhere").status_code == 422
    assert fresh(message).state == States.ASKED


def test_declining_removes_what_was_noted(cast: Cast) -> None:
    message = noted(cast)
    answer(message, "decline")
    found = fresh(message)
    assert (found.state, found.text, found.author, found.address) == (States.DECLINED, "", "", "")
    assert found.case is None


def test_own_words_lead_to_the_form_and_nothing_is_kept(cast: Cast) -> None:
    message = noted(cast)
    assert answer(message, "own_words").url == "/besos/complain"
    assert (fresh(message).state, fresh(message).text) == (States.OWN_WORDS, "")


def test_a_message_is_added_to_a_case_and_the_link_tells_nothing_of_it(cast: Cast) -> None:
    case = builders.a_case(cast.besos, team=cast.attention)
    message = noted(cast, case=case)
    response = answer(message)
    assert response.url == address_of(message)
    page = text_of(Visitor().get(response.url))
    assert case.reference not in page
    assert fresh(message).case_id == case.pk
    assert "social.brought_in" in lines(case)
    with viewing(the_house()):
        assert PublicConsent.objects.get(message=message).case_id == case.pk
    assert not verify().broken


def test_who_does_not_answer_is_forgotten_after_thirty_days(cast: Cast) -> None:
    message = noted(cast)
    assert forget_unanswered(message.noted_at + timedelta(days=29)) == 0
    assert fresh(message).text == SAID
    assert forget_unanswered(message.noted_at + timedelta(days=30)) == 1
    found = fresh(message)
    assert (found.state, found.text, found.author, found.address) == (States.LAPSED, "", "", "")
    tasks.forget_public_messages()


def test_the_consent_is_taken_back_and_the_case_goes_on(cast: Cast) -> None:
    message = noted(cast)
    answer(message, name="Ana Puig")
    found = fresh(message)
    case, document = found.case, found.document
    assert case is not None
    assert document is not None
    with viewing(the_house()):
        withdraw_consent(case, by=COMPLAINANT, at=now())
    assert store.path_of(document.sha256).exists()
    digest = document.sha256
    with viewing(the_house()):
        document.refresh_from_db()
        consent = PublicConsent.objects.get(message=message)
        case.refresh_from_db()
    assert document.erased_at is not None
    assert (document.name, document.sha256) == ("", "")
    assert consent.withdrawn_at is not None
    assert case.closed_at is None
    assert lines(case)[-2:] == ["document.erased", "social.withdrawn"]
    assert fresh(message).state == States.WITHDRAWN
    # What lies in the store is left for a while, since somebody may be sending the same now.
    assert not remove_contents((digest,), at=now())
    assert store.path_of(digest).exists()
    assert remove_contents((digest,), at=now() + timedelta(hours=1))
    assert not store.path_of(digest).exists()
    assert not verify().broken
    with viewing(the_house()), pytest.raises(Refused):
        withdraw_consent(case, by=COMPLAINANT, at=now())


def test_whoever_registers_nothing_there_notes_nothing(cast: Cast) -> None:
    viewer = viewer_of(cast.dario)
    with viewing(viewer), pytest.raises(Refused):
        note_public_message(
            cast.ipe if viewer.within(cast.besos.pk).permissions else cast.besos,
            network="X", address="https://x.example/1", author="@a", text="b",
            kind=Kind.COMPLAINT, language="en", seen_at=now(), viewer=viewer, by=cast.dario,
            at=now(),
        )  # fmt: skip


def test_it_was_not_seen_later_than_now(cast: Cast) -> None:
    with pytest.raises(Refused):
        noted(cast, seen_at=now() + timedelta(minutes=5))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM channels_publicmessage")
        assert cursor.fetchone() == (0,)
