"""People look for an answer, are offered one while they write, and are never kept from writing."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from valedor.channels.chat.actions.set_desk import set_chat_desk
from valedor.channels.models import ChatAttendant
from valedor.foundation.moments import now
from valedor.knowledge.models import ArticleVerdict
from valedor.knowledge.queries import today_at
from valedor.knowledge.tests.shelf import LEAK, LEAK_TITLE, an_article
from valedor.people.models import Configuration

from .walking import Visitor, text_of, token_of

HELP = "/besos/help"
WRITTEN = "Hola, tinc una fuita d'aigua i el comptador no para de córrer."


@pytest.fixture
def leak(cast: Cast) -> Any:
    return an_article(cast.besos)


def test_the_shelves_and_the_search_speak_the_readers_language(cast: Cast, leak: Any) -> None:
    for language in ("ca", "es", "en"):
        visitor = Visitor(language)
        assert LEAK_TITLE[language].replace("'", "&#x27;") in text_of(visitor.get(HELP))
        page = text_of(visitor.get(f"{HELP}/leak"))
        assert LEAK[language] in page
    assert "/besos/help/leak" in text_of(Visitor().get(f"{HELP}?q=fugas"))
    assert "/besos/help/leak" not in text_of(Visitor().get(f"{HELP}?q=piscina"))
    assert HELP in text_of(Visitor().get("/besos/"))


def test_nothing_of_it_is_offered_where_nothing_is_written(cast: Cast) -> None:
    assert HELP not in text_of(Visitor().get("/besos/"))
    assert "help/likely" not in text_of(Visitor().get("/besos/complain"))
    assert Visitor().get(HELP).status_code == 200
    assert Visitor().get(f"{HELP}/leak").status_code == 404


def test_what_is_not_shown_cannot_be_opened(cast: Cast, leak: Any) -> None:
    an_article(cast.besos, "draft", is_published=False)
    yesterday = today_at(cast.besos, now()) - timedelta(days=1)
    an_article(cast.besos, "old", valid_until=yesterday)
    for key in ("draft", "old"):
        assert Visitor().get(f"{HELP}/{key}").status_code == 404
        assert f"{HELP}/{key}" not in text_of(Visitor().get(HELP))
    assert Visitor().get("/ipe/help/leak").status_code == 404


@pytest.mark.parametrize(
    ("kind", "is_offered"),
    [
        ("enquiry", True),
        ("incident", True),
        ("complaint", False),
        ("claim", False),
        ("cancellation", False),
        ("data_request", False),
        ("", False),
    ],
)
def test_an_article_is_offered_beside_a_question_never_beside_a_complaint(
    cast: Cast, leak: Any, kind: str, is_offered: bool
) -> None:
    for name in ("narrative", "text"):
        page = text_of(Visitor().post(f"{HELP}/likely", {name: WRITTEN, "kind": kind}))
        assert ("/besos/help/leak" in page) is is_offered


def test_without_scripts_one_asks_for_it_and_loses_nothing_typed(cast: Cast, leak: Any) -> None:
    visitor = Visitor("ca")
    token = token_of(text_of(visitor.get("/besos/complain")))
    asked = {"token": token, "narrative": WRITTEN, "kind": "claim", "step": "look"}
    answer = visitor.post("/besos/complain", asked)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "/besos/help/leak" in page
    assert WRITTEN.replace("'", "&#x27;") in page
    assert "Check and send" in text_of(Visitor().post("/besos/complain", asked))
    in_vain = Visitor().post("/besos/complain", asked | {"narrative": "Quin dia fa avui?"})
    assert "We found nothing that answers it" in text_of(in_vain)


def test_the_chats_first_page_offers_it_too(cast: Cast, leak: Any) -> None:
    set_chat_desk(cast.besos, by=None, at=now())
    ChatAttendant.objects.create(account=cast.bruno, entities=[cast.besos.pk], seen_at=now())
    visitor = Visitor("ca")
    page = text_of(visitor.get("/besos/chat"))
    assert "/besos/help/likely" in page
    asked = {"token": token_of(page), "text": WRITTEN, "kind": "enquiry", "step": "look"}
    page = text_of(visitor.post("/besos/chat", asked))
    assert "/besos/help/leak" in page
    assert WRITTEN.replace("'", "&#x27;") in page


def test_whether_it_answered_is_a_number_of_the_day_and_no_more(cast: Cast, leak: Any) -> None:
    for said in ("yes", "yes", "no", "perhaps"):
        answer = Visitor().post(f"{HELP}/leak", {"answered": said})
        assert answer.status_code == 302
        assert not answer.cookies
    verdict = ArticleVerdict.objects.get()
    assert (verdict.version, verdict.on) == (leak, today_at(cast.besos, now()))
    assert (verdict.answered, verdict.not_answered) == (2, 1)
    columns = {field.name for field in ArticleVerdict._meta.concrete_fields}
    assert columns == {"id", "version", "on", "answered", "not_answered"}
    assert "ask us" in text_of(Visitor().get(f"{HELP}/leak?said=no"))


def test_a_page_asks_for_articles_once_while_settings_stay(
    cast: Cast, leak: Any, django_assert_num_queries: Any
) -> None:
    Configuration.objects.update(number=99)
    visitor = Visitor()
    visitor.get("/besos/complain")
    with django_assert_num_queries(1):
        visitor.get("/besos/complain")
