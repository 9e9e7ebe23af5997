"""What is saved is kept, what is shown is complete and in its days, and words find it."""

from datetime import date
from typing import Any

import pytest

from tests.cast import FRIDAY, Cast, days
from valedor.foundation.refusals import Refused
from valedor.knowledge.actions.publish_article import publish_article
from valedor.knowledge.actions.save_article import save_article
from valedor.knowledge.actions.withdraw_article import withdraw_article
from valedor.knowledge.finding import likely_articles, search_articles
from valedor.knowledge.models import ArticleVersion
from valedor.knowledge.queries import article_shown
from valedor.people.models import Account, AdministrationEntry, Role

from .shelf import LEAK, LEAK_TITLE, an_article

TODAY = FRIDAY.date()


def found(cast: Cast, typed: str) -> list[str]:
    return [one.article.key for one in search_articles([cast.besos], typed, FRIDAY)]


def likely(cast: Cast, written: str) -> list[str]:
    return [one.article.key for one in likely_articles([cast.besos], written, FRIDAY)]


def test_every_saved_wording_stays_and_only_the_published_one_is_shown(cast: Cast) -> None:
    an_article(cast.besos, by=cast.carla)
    save_article("leak", body=LEAK | {"en": "Shut it."}, by=cast.carla, at=days(1))
    shown = article_shown(cast.besos, "leak", days(1))
    assert shown is not None
    assert (shown.number, shown.body["en"]) == (1, LEAK["en"])
    publish_article(shown.article, by=cast.carla, at=days(2))
    second = article_shown(cast.besos, "leak", days(2))
    assert second is not None
    assert (second.number, second.body["en"], second.saved_by) == (2, "Shut it.", cast.carla)
    assert [one.number for one in shown.article.versions.order_by("number")] == [1, 2]
    acts = AdministrationEntry.objects.filter(subject="leak").order_by("sequence")
    assert [one.act for one in acts] == [
        "article.saved", "article.published", "article.saved", "article.published"
    ]  # fmt: skip


def test_saying_the_same_again_is_no_new_version(cast: Cast) -> None:
    assert an_article(cast.besos, is_published=False) == an_article(
        cast.besos, is_published=False, at=days(1)
    )


def test_publishing_waits_for_every_language_of_its_entities(cast: Cast) -> None:
    without = {language: text for language, text in LEAK.items() if language != "es"}
    with pytest.raises(Refused) as refused:
        an_article(cast.besos, body=without)
    assert refused.value.code == "languages_missing"
    assert "Spanish" in str(refused.value.refusal)
    assert article_shown(cast.besos, "leak", FRIDAY) is None
    # One that is said for two entities speaks the languages of both.
    with pytest.raises(Refused) as refused:
        an_article(cast.besos, "both", entities=[cast.besos, cast.ipe])
    assert "Portuguese" in str(refused.value.refusal)


@pytest.mark.parametrize(
    ("begins", "ends", "is_shown"),
    [
        (None, None, True),
        (date(2026, 11, 20), None, True),  # Its first day.
        (date(2026, 11, 21), None, False),
        (None, date(2026, 11, 20), True),  # Its last day, where the entity is.
        (None, date(2026, 11, 19), False),
    ],
)
def test_it_is_shown_from_its_first_day_to_its_last(
    cast: Cast, begins: date | None, ends: date | None, is_shown: bool
) -> None:
    an_article(cast.besos, valid_from=begins, valid_until=ends)
    assert (article_shown(cast.besos, "leak", FRIDAY) is not None) is is_shown
    assert (found(cast, "fuga") == ["leak"]) is is_shown


def test_what_has_ended_is_not_replaced_by_an_older_wording(cast: Cast) -> None:
    an_article(cast.besos)
    an_article(cast.besos, title=LEAK_TITLE | {"en": "A leak"}, valid_until=date(2026, 11, 21))
    assert article_shown(cast.besos, "leak", days(1)) is not None
    assert article_shown(cast.besos, "leak", days(3)) is None


def test_the_next_wording_takes_over_on_its_first_day(cast: Cast) -> None:
    an_article(cast.besos)
    an_article(cast.besos, title=LEAK_TITLE | {"en": "New"}, valid_from=date(2027, 1, 1))
    numbers = [article_shown(cast.besos, "leak", days(number)) for number in (0, 60)]
    assert [one.number if one else None for one in numbers] == [1, 2]


def test_what_is_withdrawn_is_shown_no_longer_until_it_is_published_again(cast: Cast) -> None:
    version = an_article(cast.besos)
    withdraw_article(version.article, by=cast.carla, at=days(1))
    assert article_shown(cast.besos, "leak", days(1)) is None
    assert found(cast, "fuga") == []
    with pytest.raises(Refused):
        withdraw_article(version.article, by=cast.carla, at=days(1))
    publish_article(version.article, by=cast.carla, at=days(2))
    assert article_shown(cast.besos, "leak", days(2)) == version


def test_another_entity_shows_nothing_of_it(cast: Cast) -> None:
    an_article(cast.besos)
    assert article_shown(cast.ipe, "leak", FRIDAY) is None
    assert search_articles([cast.ipe], "fuga", FRIDAY) == []


# ------------------------------------------------------------------ who may
def an_administrator() -> Account:
    admin = Account.objects.create_account(username="admin", name="Admin")
    admin.grants.create(role=Role.ADMINISTRATOR, granted_at=FRIDAY)
    return admin


def test_leads_write_for_their_own_entities_and_administrators_for_all(cast: Cast) -> None:
    an_article(cast.besos, by=cast.carla)
    four = LEAK | {"pt-br": "Feche o registro."}
    both: dict[str, Any] = {"entities": [cast.besos, cast.ipe], "body": four}
    titles = LEAK_TITLE | {"pt-br": "Vazamento"}
    with pytest.raises(Refused) as refused:
        an_article(cast.besos, by=cast.carla, title=titles, **both)
    assert refused.value.code == "not_editor_there"
    an_article(cast.besos, by=an_administrator(), title=titles, **both)
    assert article_shown(cast.ipe, "leak", FRIDAY) is not None
    with pytest.raises(Refused) as refused:  # It is Ipê's too now.
        an_article(cast.besos, by=cast.carla)
    assert refused.value.code == "not_editor_there"


@pytest.mark.parametrize("who", ["bruno", "gia", "hugo", "felix", "ines", "dario"])
def test_nobody_else_writes(cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as refused:
        an_article(cast.besos, by=getattr(cast, who))
    assert refused.value.code == "not_editor"
    assert not ArticleVersion.objects.exists()


# ------------------------------------------------------------------ finding
HOURS = {
    "ca": "Horari de l'oficina", "es": "Horario de la oficina", "en": "Opening hours"
}  # fmt: skip
OPEN = {
    "ca": "De dilluns a divendres, de 9 a 14 h.",
    "es": "De lunes a viernes, de 9 a 14 h.",
    "en": "Monday to Friday, 9 to 14.",
}
METER = {"ca": "Lectura del comptador", "es": "Lectura del contador", "en": "Meter reading"}
READ_IT = {
    "ca": "Llegiu els números negres.",
    "es": "Lea los números negros.",
    "en": "Read the black digits.",
}


@pytest.fixture
def shelf(cast: Cast) -> Cast:
    an_article(cast.besos)
    an_article(cast.besos, "hours", shelf="hours", title=HOURS, body=OPEN, keywords={})
    an_article(cast.besos, "reading", title=METER, body=READ_IT, keywords={})
    return cast


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("fugas", ["leak"]),  # Another form of the word.
        ("FUITES", ["leak"]),
        ("plumbers", ["leak"]),
        ("tuberia rota", ["leak"]),  # A keyword, without its accent.
        ("horarios", ["hours"]),
        ("contador", ["reading", "leak"]),
        ("lectura contador", ["reading"]),  # All words, where something holds them all.
        ("lectura del helicóptero", ["reading"]),
        ("helicóptero", []),
        ("", []),
    ],
)
def test_words_find_it_in_any_language_and_form(shelf: Cast, typed: str, keys: list[str]) -> None:
    assert sorted(found(shelf, typed)) == sorted(keys)


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Hola, bon dia, crec que tinc una fuita a casa, l'aigua surt del comptador", ["leak"]),
        ("A qué hora abre la oficina los lunes", ["hours"]),
        ("Estoy muy enfadado con ustedes", []),
        ("El perro del vecino ladra", []),
        ("", []),
    ],
)
def test_what_somebody_writes_brings_up_what_may_answer_it(
    shelf: Cast, written: str, keys: list[str]
) -> None:
    assert likely(shelf, written) == keys
