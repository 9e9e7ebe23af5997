"""Articles, guidance, orders, people and their consents, by API."""

from typing import Any

from tests import cast as people
from tests.cast import Cast
from valedor.api.tests.staff_programs import Acting, Clock, program_of
from valedor.api.tests.test_acting import field_problems
from valedor.api.tests.test_interface import is_problem, told
from valedor.knowledge.models import Article, ArticleVersion
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Order
from valedor.people.models import PromotionConsent, Role, Team

TITLE = {"ca": "Fuita", "es": "Fuga", "en": "A leak"}
BODY = {"ca": "Tanqueu la clau.", "es": "Cierre la llave.", "en": "Shut the stopcock."}
YES = {
    "entity": "besos",
    "given_at": "2026-11-20T09:00:00+01:00",
    "occasion": "own_wish",
    "channel": "telephone",
    "giver": "person",
    "language": "es",
    "words": "Sí, quiero ofertas.",
    "version": "M-12",
}


def test_an_article_is_written_published_changed_and_withdrawn(cast: Cast, clock: Clock) -> None:
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    body = {"key": "leak", "shelf": "questions", "entities": ["besos"], "title": TITLE}
    saved = told(carla.post("acts/article", body | {"body": {"es": BODY["es"]}}))
    assert (saved["words"], saved["address"]) == ("It is saved.", "/api/v1/articles/leak")
    assert is_problem(bruno.get("articles/leak"), 404, "not_found"), "a draft is its writers'"
    refused = carla.post("acts/article-publishing/leak")
    assert is_problem(refused, 409, "languages_missing")
    done = told(carla.post("acts/article-version/leak", {"body": BODY, "publish": True}))
    assert done["words"] == "It is published."
    version = ArticleVersion.objects.get(article__key="leak", number=2)
    assert (version.title, version.shelf) == (TITLE, "questions"), "what was left out stays"
    assert [one.key for one in version.entities.all()] == ["besos"]

    read = told(bruno.get("articles/leak"))
    assert (read["shown"], read["versions"][0]["body"], read["acts"]) == (2, BODY, [])
    found = told(bruno.get("articles?entity=besos&q=llave"))["articles"]
    assert [one["key"] for one in found] == ["leak"]
    assert "leak" in [one["key"] for one in told(bruno.get("articles"))["articles"]]
    only_english = {"body": {"en": "Shut it off."}}
    carla.post("acts/article-version/leak", only_english)
    latest = told(carla.get("articles/leak"))["versions"][0]
    assert latest["body"] == BODY | {"en": "Shut it off."}, "the other languages stay"

    assert is_problem(bruno.post("acts/article-withdrawal/leak"), 409, "not_editor")
    assert is_problem(bruno.post("acts/article", body), 403, "not_permitted")
    assert carla.post("acts/article-withdrawal/leak").status_code == 200
    assert Article.objects.get(key="leak").withdrawn_at == clock.at
    assert is_problem(bruno.get("articles/leak"), 404, "not_found")
    assert is_problem(carla.post("acts/article", body), 409, "key_taken")


def test_guidance_is_read_and_worded_anew(cast: Cast, clock: Clock) -> None:
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    sheets = {one["key"]: one for one in told(bruno.get("guidance/besos"))["sheets"]}
    assert sheets["manner-impatient"]["version"] == 0
    assert sheets["manner-impatient"]["brief"]["es"]
    words = {"ca": "Breu.", "es": "Sea breve.", "en": "Be brief."}
    done = told(carla.post("acts/guidance/besos:manner-impatient", {"brief": words}))
    assert done["address"] == "/api/v1/guidance/besos/manner-impatient"
    read = told(bruno.get("guidance/besos/manner-impatient"))
    assert {code: read["brief"][code] for code in words} == words
    assert read["avoid"] == sheets["manner-impatient"]["avoid"], "what is left out stays"
    assert (read["version"], read["acts"]) == (1, [])
    assert is_problem(bruno.get("guidance/ipe"), 404, "not_found")
    assert is_problem(bruno.get("guidance/besos/none"), 404, "not_found")
    assert told(carla.post("acts/impressions/besos", {"days": 5}))["words"] == "Noted."
    assert told(bruno.get("guidance/besos"))["days_kept"] == 5
    assert is_problem(bruno.post("acts/impressions/besos", {"days": 6}), 409, "not_editor")
    assert "#/days" in field_problems(carla.post("acts/impressions/besos", {"days": 9999}))


def test_an_order_is_taken_and_listed_by_its_state(cast: Cast, clock: Clock) -> None:
    set_product(
        cast.besos,
        "connection",
        name=dict.fromkeys(("es", "ca", "en"), "New connection"),
        questions={"es": "¿Calibre? *", "ca": "Calibre? *", "en": "Which size? *"},
        by=None,
        at=people.FRIDAY,
    )
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    asked = told(bruno.get("acts/order/besos:connection"))["body"]
    assert asked["properties"]["asked_1"]["title"] == "Which size?"
    body: dict[str, Any] = {"language": "es", "name": "Marta Soler", "telephone": "600 100 200"}
    assert "#/asked_1" in field_problems(bruno.post("acts/order/besos:connection", body))
    done = told(bruno.post("acts/order/besos:connection", body | {"asked_1": "20"}))
    assert len(done["access_code"]) == 14
    (order,) = told(bruno.get("orders?entity=besos"))["orders"]
    assert (order["reference"], order["product"], order["answers"]) == (
        done["reference"], "connection", [["¿Calibre?", "20"]]
    )  # fmt: skip
    bruno.act(done["reference"], "order-confirmation", {"words": "De acuerdo."})
    assert told(bruno.get("orders"))["orders"] == []
    assert len(told(bruno.get("orders?state=confirmed"))["orders"]) == 1
    with people.acting(cast):
        assert Order.objects.get().state == "confirmed"
    assert is_problem(bruno.get("orders?entity=ipe"), 404, "not_found")
    assert is_problem(bruno.get("orders?state=lost"), 400, "filter_unreadable")
    assert is_problem(gia.get("orders"), 403, "not_permitted")
    assert is_problem(bruno.post("acts/order/besos:none", body), 404, "not_found")


def test_a_consent_is_written_down_and_withdrawn(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    (found,) = [
        one
        for one in told(bruno.get(f"persons?known={case.reference}"))["persons"]
        if one["number"] == case.complainant_id
    ]
    assert found["cases"] == [case.reference]
    address = f"persons/{case.complainant_id}"
    read = told(bruno.get(address))
    assert read["consents"] == []
    assert [one["noun"] for one in read["acts"]] == ["consent", "consent-withdrawal"]
    noun = f"consent/{case.complainant_id}"
    while_complaining = bruno.post(f"acts/{noun}", YES | {"occasion": "complaint"})
    assert "#/occasion" in field_problems(while_complaining)
    assert bruno.post(f"acts/{noun}", YES).status_code == 200
    assert is_problem(bruno.post(f"acts/{noun}", YES), 409, "known_already")
    (consent,) = told(gia.get(address))["consents"]
    assert (consent["words"], consent["recorded_by"]) == ("Sí, quiero ofertas.", "bruno")
    assert is_problem(gia.post(f"acts/{noun}", YES), 409, "not_permitted")
    no = {"entity": "besos", "channel": "email"}
    assert bruno.post(f"acts/consent-withdrawal/{case.complainant_id}", no).status_code == 200
    assert PromotionConsent.objects.get().withdrawn_through == "email"
    again = bruno.post(f"acts/consent-withdrawal/{case.complainant_id}", no)
    assert is_problem(again, 409, "no_consent")
    dario = Acting(cast.dario, cast.ipe, at=clock.at)
    assert told(dario.get(f"persons?known={case.reference}"))["persons"] == []
    assert is_problem(dario.get(address), 404, "not_found")
    assert is_problem(dario.post(f"acts/{noun}", YES), 404, "not_found")
    assert bruno.get("persons").status_code == 422


def test_people_of_another_house_get_no_list_of_the_house(cast: Cast, clock: Clock) -> None:
    team = Team.objects.create(
        key="centre", name={"es": "Centro", "en": "Centre"}, is_outsourced=True
    )
    team.entities.add(cast.besos)
    olga = program_of(cast, cast.join("olga", Role.HANDLER, team), at=clock.at)
    for path in ("held", "held-rows", "scans", "public-messages"):
        assert is_problem(olga.get(path), 403, "not_permitted"), path
    listed = {one["noun"] for one in told(olga.get("acts"))["acts"]}
    assert not {"public-message", "held-filing"} & listed
