"""Whoever registers contacts notes a public message and gets words to paste."""

from typing import Any

from tests import cast as people
from tests.cast import Cast
from valedor.channels.models import PublicMessage
from valedor.desk.tests.conftest import SignIn

NEW = "/desk/public-messages/new?entity=besos"
SAID = {
    "network": "Mastodon",
    "address": "https://mastodon.example/@ana/1",
    "author": "@ana",
    "text": "Nobody comes.",
    "seen_at": "2026-11-20T09:00",
    "language": "ca",
    "kind": "complaint",
}


def noted(cast: Cast) -> list[PublicMessage]:
    with people.acting(cast):
        return list(PublicMessage.objects.select_related("case"))


def test_it_is_noted_and_the_words_are_in_the_author_s_language(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.bruno)
    page: Any = browser.post(NEW, SAID, follow=True)
    (message,) = noted(cast)
    assert message.noted_by == cast.bruno
    assert page.redirect_chain[-1][0] == f"/desk/public-messages/{message.pk}"
    pasted = page.context["to_paste"]
    assert pasted.startswith("Gràcies per dir-nos-ho.")
    assert "@ana" not in pasted
    assert "@ana" in browser.get("/desk/public-messages").content.decode()


def test_only_an_https_address_is_taken(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.bruno)
    for address in ("http://x.example/1", "javascript:alert(1)", "x.example", ""):
        assert browser.post(NEW, SAID | {"address": address}).status_code == 422
    assert noted(cast) == []


def test_it_can_be_meant_for_a_case_that_may_be_seen_and_no_other(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    browser = sign_in(cast.bruno)
    assert browser.post(NEW, SAID | {"reference": "2026-000000-X"}).status_code == 422
    assert browser.post(NEW, SAID | {"reference": case.reference.lower()}).status_code == 302
    (message,) = noted(cast)
    assert message.case_id == case.pk


def test_a_message_of_another_entity_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.bruno).post(NEW, SAID)
    (message,) = noted(cast)
    other = sign_in(cast.dario)
    assert other.get(f"/desk/public-messages/{message.pk}").status_code in {403, 404}
    assert "@ana" not in other.get("/desk/public-messages").content.decode()
