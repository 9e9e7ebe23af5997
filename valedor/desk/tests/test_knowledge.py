"""Whoever talks or writes finds what the house knows beside it, and how to speak."""

import re
from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast, a_case
from valedor.casefile.models import Case, Entry, RawMessage
from valedor.casefile.viewing import viewer_of
from valedor.channels.chat.actions.begin import begin
from valedor.channels.chat.actions.take import take
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.handling.models import Draft
from valedor.knowledge.models import ArticleVersion, Impression, SheetVersion
from valedor.knowledge.tests.shelf import LEAK, LEAK_TITLE, an_article
from valedor.people.models import Account, Role

PAGES = "/desk/knowledge"
ARTICLE = {
    "shelf": "questions",
    "entities": ["besos"],
    **{f"title_{language}": text for language, text in LEAK_TITLE.items()},
    **{f"body_{language}": text for language, text in LEAK.items()},
}


def entries(cast: Cast, case: Case) -> list[str]:
    with people.acting(cast):
        return list(
            Entry.objects.filter(case=case).order_by("sequence").values_list("kind", flat=True)
        )


# ------------------------------------------------------------------ writing
def test_a_lead_writes_a_draft_publishes_it_and_colleagues_read_it(
    cast: Cast, sign_in: SignIn
) -> None:
    carla, bruno = sign_in(cast.carla), sign_in(cast.bruno)
    carla.post(f"{PAGES}/articles/new", ARTICLE | {"key": "leak"})
    assert bruno.get(f"{PAGES}/articles/leak").status_code == 404
    assert "Saved, not published" in words_of(carla.get(f"{PAGES}/to-see-to"))
    answer = carla.post(f"{PAGES}/articles/leak", {"do": "publish"}, follow=True)
    assert "you published an article (leak)" in words_of(answer)
    assert LEAK["en"] in words_of(bruno.get(f"{PAGES}/articles/leak"))
    assert LEAK_TITLE["en"] in words_of(bruno.get(f"{PAGES}?q=fuga"))
    carla.post(f"{PAGES}/articles/leak", {"do": "withdraw"})
    assert bruno.get(f"{PAGES}/articles/leak").status_code == 404
    assert "Withdrawn" in words_of(carla.get(f"{PAGES}/to-see-to"))


def test_what_lacks_a_language_is_said_in_place_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn
) -> None:
    carla = sign_in(cast.carla)
    data = ARTICLE | {"key": "leak", "body_es": "", "publish": "1"}
    answer = carla.post(f"{PAGES}/articles/new", data)
    assert answer.status_code == 422
    assert "the text in Spanish is missing" in words_of(answer)
    assert LEAK["ca"] in words_of(answer)
    assert not ArticleVersion.objects.exists()
    data["key"] = "Not a key"
    assert carla.post(f"{PAGES}/articles/new", data).status_code == 422


def test_an_article_of_another_entity_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    an_article(cast.besos)
    dario = sign_in(cast.dario)
    assert dario.get(f"{PAGES}/articles/leak").status_code == 404
    assert dario.get(f"{PAGES}?entity=besos").status_code == 404
    assert dario.get(f"{PAGES}/guidance?entity=besos").status_code == 404
    assert dario.get(f"{PAGES}/guidance/besos/kind-complaint").status_code == 404
    assert dario.post(f"{PAGES}/look", {"entity": "besos", "q": "fuga"}).status_code == 404


def test_guidance_is_written_by_leads_and_stands_beside_the_form(
    cast: Cast, sign_in: SignIn
) -> None:
    carla, bruno = sign_in(cast.carla), sign_in(cast.bruno)
    beside = f"{PAGES}/beside?entity=besos"
    asked = {"kind": "complaint", "manner": "dominant", "category": str(cast.water_cut.pk)}
    page = words_of(bruno.post(beside, asked))
    for words in ("Dominant", "Let them speak", "Listen to the end", "that is not my job"):
        assert words in page
    own = {f"brief_{language}": "Where exactly?" for language in ("ca", "es", "en")}
    carla.post(f"{PAGES}/guidance/besos/edit/category-{cast.water_cut.key}", own)
    assert "Where exactly?" in words_of(bruno.post(beside, asked))
    assert bruno.get(f"{PAGES}/guidance/besos/edit/kind-complaint").status_code == 403
    sheet = words_of(carla.get(f"{PAGES}/guidance/besos/category-{cast.water_cut.key}"))
    assert "Version 1" in sheet
    too_long = {f"brief_{language}": "a\nb\nc\nd" for language in ("ca", "es", "en")}
    answer = carla.post(f"{PAGES}/guidance/besos/edit/kind-complaint", too_long)
    assert answer.status_code == 422
    assert SheetVersion.objects.count() == 1


# ------------------------------------------------------------------ a case
@pytest.fixture
def leak(cast: Cast) -> Any:
    return an_article(cast.besos)


def test_an_article_goes_into_the_answer_in_the_cases_language_and_leaves_its_trace(
    cast: Cast, sign_in: SignIn, leak: Any
) -> None:
    case, bruno = a_case(cast), sign_in(cast.bruno)
    address = f"/desk/cases/{case.reference}"
    found = words_of(bruno.post(f"{PAGES}/look", {"case": case.reference, "q": "fuga"}))
    assert LEAK[case.language] in found
    answer = bruno.post(
        f"{address}/articles/{leak.pk}", {"text": "Bon dia,", "seen": "1"}, follow=True
    )
    text = answer.context["form"]["text"].value()
    assert text == f"Bon dia,\n\n{LEAK[case.language]}"
    with people.acting(cast):
        assert Draft.objects.get(case=case).content["text"] == text
        entry = Entry.objects.filter(case=case).latest("sequence")
        assert (entry.kind, entry.particulars["article"], entry.particulars["version"]) == (
            "article.used", "leak", 1,
        )  # fmt: skip
        assert "message.sent" not in entries(cast, case)  # Nothing went out.
    page = words_of(bruno.get(address))
    assert f"Put the article “{LEAK_TITLE['en']}”, version 1, into an answer." in page


def test_with_scripts_the_composer_alone_comes_back(cast: Cast, sign_in: SignIn, leak: Any) -> None:
    case, bruno = a_case(cast), sign_in(cast.bruno)
    answer = bruno.post(
        f"/desk/cases/{case.reference}/articles/{leak.pk}",
        {"text": "", "seen": "1"},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert page.strip().startswith('<section class="card stack" id="composer"')
    assert LEAK[case.language].replace("'", "&#x27;") in page


def test_without_scripts_it_is_looked_for_on_the_page_of_the_case(
    cast: Cast, sign_in: SignIn, leak: Any
) -> None:
    case, bruno = a_case(cast), sign_in(cast.bruno)
    page = bruno.get(f"/desk/cases/{case.reference}?q=fuites").content.decode()
    button = re.search(r'<button[^>]*form="act_message"[^>]*formaction="([^"]+)"', page)
    assert button is not None
    assert button[1] == f"/desk/cases/{case.reference}/articles/{leak.pk}"


def test_what_is_shown_no_longer_is_not_put_into_an_answer(
    cast: Cast, sign_in: SignIn, leak: Any
) -> None:
    case, bruno = a_case(cast), sign_in(cast.bruno)
    old = leak.pk
    an_article(cast.besos, title=LEAK_TITLE | {"en": "A leak"})
    assert bruno.post(f"/desk/cases/{case.reference}/articles/{old}").status_code == 404
    assert "article.used" not in entries(cast, case)


def test_an_article_goes_into_a_chat_that_one_has_taken(
    cast: Cast, sign_in: SignIn, leak: Any
) -> None:
    case = a_case(cast)
    with people.acting(cast):
        chat = begin(case, text="Bon dia.", language="es", at=people.days(1))
    bruno, address = sign_in(cast.bruno), f"/desk/chats/{chat.pk}"
    assert bruno.post(f"{address}/articles/{leak.pk}").status_code == 409
    with people.acting(cast):
        take(chat, viewer=viewer_of(cast.bruno), by=cast.bruno, at=people.days(1))
    assert "What we know" in words_of(bruno.get(address))
    answer = bruno.post(f"{address}/articles/{leak.pk}", {"text": "Buenos días."})
    assert f"Buenos días.\n\n{LEAK['es']}" in answer.content.decode()
    assert entries(cast, case)[-1] == "article.used"


# ------------------------------------------------------------------ how somebody comes across
def test_what_is_noticed_while_registering_goes_to_the_contact_and_not_into_the_post(
    cast: Cast, sign_in: SignIn
) -> None:
    bruno = sign_in(cast.bruno)
    address = "/desk/register?entity=besos"
    token = bruno.get(address).context["form"]["token"].value()
    bruno.post(f"{PAGES}/beside?entity=besos", {"manner": "talkative", "token": token})
    given = {
        "channel": "telephone", "received_at": "2026-11-20T18:00", "language": "es",
        "kind": "complaint", "name": "Marta", "email": "marta@example.org",
        "answer_channel": "email", "narrative": "Le cobran dos veces.", "token": token,
    }  # fmt: skip
    again = bruno.post(address, given | {"email": "no address"})  # What was noticed is not lost.
    assert again.status_code == 422
    assert '<option value="talkative" selected>' in again.content.decode()
    done = bruno.post(address, given)
    assert done.status_code == 200
    with people.acting(cast):
        impression = Impression.objects.select_related("case").get()
        assert (impression.manner, impression.by) == ("talkative", cast.bruno)
        for raw in RawMessage.objects.all():
            assert b"talkative" not in bytes(raw.content or b"")
    assert bruno.session.get("manners") == {}


def test_it_is_noted_and_shown_in_the_conversation_and_nowhere_else(
    cast: Cast, sign_in: SignIn
) -> None:
    case, bruno = a_case(cast), sign_in(cast.bruno)
    address = f"/desk/cases/{case.reference}"
    bruno.post(f"{address}/guidance", {"manner": "reserved"})
    assert "Ask open questions" in words_of(bruno.get(f"{address}/guidance"))
    for who in (cast.gia, cast.hugo):  # They read the case, and talk with nobody.
        other = sign_in(who)
        assert other.get(f"{address}/guidance").status_code == 403
        assert "Reserved" not in words_of(other.get(address))
    answer = bruno.post(f"{address}/guidance", {"manner": "grumpy"})
    assert answer.status_code == 409
    bruno.post(f"{address}/guidance", {"manner": ""})
    with people.acting(cast):
        assert not Impression.objects.exists()


def test_an_agent_may_note_it_and_a_stranger_may_not(cast: Cast, sign_in: SignIn) -> None:
    case = a_case(cast)
    nuria: Account = cast.join("nuria", role=Role.AGENT)
    address = f"/desk/cases/{case.reference}/guidance"
    assert sign_in(nuria).post(address, {"manner": "reserved"}).status_code == 302
    assert sign_in(cast.dario).post(address, {"manner": "reserved"}).status_code == 404


def test_how_long_it_is_kept_is_set_by_whoever_leads(cast: Cast, sign_in: SignIn) -> None:
    address = f"{PAGES}/guidance?entity=besos"
    carla = sign_in(cast.carla)
    answer = carla.post(address, {"days": "5"}, follow=True)
    assert "set for how long impressions are kept" in words_of(answer)
    assert carla.post(address, {"days": "200"}).status_code == 422
    assert sign_in(cast.bruno).post(address, {"days": "5"}).status_code == 409
