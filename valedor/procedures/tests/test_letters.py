"""Letters: complete in four languages, filled without gaps, versioned, refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from valedor.foundation.multilingual import LANGUAGES, MultilingualText
from valedor.procedures.letter_templates import (
    missing_contents,
    publish_shipped,
    render,
    shipped_letters,
    why_not_publish,
)
from valedor.procedures.letter_wording import WordingError, fill_in, places_of
from valedor.procedures.models import LetterTemplate
from valedor.procedures.vocabulary_tables import vocabulary

AT = datetime(2026, 11, 20, tzinfo=UTC)
FRAME = {"reference": "2026-004182-P", "entity": "Aigües", "case_page": "https://house/case"}
ANSWER = {
    **FRAME,
    "received": "20 November 2026",
    "signed_by": "Ivan Soler",
    "points": [
        {"number": 1, "text": "Charged twice", "outcome": "upheld", "reasons": "It was so."},
        {"number": 2, "text": "Rude", "outcome": "not upheld", "reasons": "Heard the call."},
    ],
}


def shipped(key: str) -> LetterTemplate:
    letter = shipped_letters()[key]
    return LetterTemplate(
        key=key, subject=letter.subject, body=letter.body, contents=sorted(letter.contents)
    )


@pytest.mark.parametrize("key", sorted(shipped_letters()))
def test_each_letter_may_be_published_and_says_the_same_in_each_language(key: str) -> None:
    letter = shipped_letters()[key]
    assert why_not_publish(shipped(key)) is None
    assert len({str(sorted(places_of(text).items())) for text in letter.body.values()}) == 1
    assert set(letter.contents) <= set(vocabulary("content"))
    named = {name for names in letter.places.values() for name in names}
    carriers = {name for names in letter.contents.values() for name in names}
    assert {name.partition(".")[0] for name in carriers} <= named


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_holds_every_point_and_its_reasons(language: str) -> None:
    subject, body = render(shipped("response"), language, ANSWER)
    assert "2026-004182-P" in subject
    for words in ("1. Charged twice", "It was so.", "2. Rude", "Heard the call.", "Ivan Soler"):
        assert words in body
    assert "{" not in body
    assert "\n\n\n" not in body


def test_a_place_that_nobody_fills_is_named() -> None:
    with pytest.raises(WordingError, match=r"\{received\}"):
        render(shipped("response"), "en", {**ANSWER, "received": ""})


def test_words_of_the_person_are_never_read_as_places() -> None:
    assert fill_in("{words}", {"words": "{secret} {?x} }"}) == "{secret} {?x} }"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{?a} open", "not closed"),
        ("{/a}", "not opened"),
        ("{?a}{?b}{/a}{/b}", "not opened"),
        ("one\n{ two", "Line 2"),
    ],
)
def test_a_wording_that_cannot_be_read_gets_a_sentence(text: str, says: str) -> None:
    with pytest.raises(WordingError, match=says):
        fill_in(text, {})


def test_catalan_articles_shrink_before_the_first_and_eleventh() -> None:
    text = "com a molt tard el {day} i del {day}"
    assert fill_in(text, {"day": "11 de maig"}, elides=True) == (
        "com a molt tard l'11 de maig i de l'11 de maig"
    )
    assert fill_in("el {day}", {"day": "12 de maig"}, elides=True) == "el 12 de maig"
    begins = fill_in("Hola:\n\nEl {day}, ens vau dir", {"day": "1 de maig"}, elides=True)
    assert begins == "Hola:\n\nL'1 de maig, ens vau dir"


def test_a_wording_of_the_house_needs_each_language_known_places_and_its_contents() -> None:
    template = shipped("question")
    template.body = MultilingualText({**template.body, "ca": ""})
    refusal = why_not_publish(template)
    assert refusal is not None
    assert refusal.code == "letter_language_missing"
    template.body = MultilingualText({**template.body, "ca": "{question} {answer_by} {magic}"})
    refusal = why_not_publish(template)
    assert refusal is not None
    assert (refusal.code, refusal.values["place"]) == ("letter_place_unknown", "magic")
    template.body = MultilingualText({**template.body, "ca": "{question} {reference}"})
    refusal = why_not_publish(template)
    assert refusal is not None
    assert (refusal.code, refusal.values["place"]) == ("letter_content_absent", "answer_by")


def test_no_wording_hides_what_a_contact_has_become() -> None:
    template = shipped("kind_changed")
    kept = template.body["ca"].replace("{kind_now}", "una altra cosa")
    template.subject = MultilingualText({**template.subject, "ca": "Canvi a {reference}"})
    template.body = MultilingualText({**template.body, "ca": kept})
    refusal = why_not_publish(template)
    assert refusal is not None
    assert (refusal.code, refusal.values["place"]) == ("letter_content_absent", "kind_now")
    assert "what kind of contact it has become" in str(refusal)


def test_contents_that_a_regime_asks_for_count_only_when_they_are_filled() -> None:
    required = ["answer_to_every_point", "reasons_for_refusal", "adr_schemes", "yearly_report"]
    response = shipped("response")
    assert missing_contents(required, response, ANSWER) == ["adr_schemes", "yearly_report"]
    office = {"body": "OMIC", "further_routes": "yes", "public_consumer_services": "yes"}
    elsewhere = {**ANSWER, "next_steps": [office]}
    assert missing_contents(required[:3], response, elsewhere) == ["adr_schemes"]
    told = {**ANSWER, "next_steps": [office, {"body": "Junta Arbitral", "adr_schemes": "yes"}]}
    assert missing_contents(required[:3], response, told) == []
    assert missing_contents(required[:1], response, {**ANSWER, "points": []}) == required[:1]


@pytest.mark.django_db
def test_a_wording_gets_a_new_number_only_when_it_changed() -> None:
    LetterTemplate.objects.filter(entity=None).update(number=1)
    publish_shipped(AT)
    assert publish_shipped(AT + timedelta(days=1)) == []
    last = LetterTemplate.objects.filter(key="question").latest("number").number
    LetterTemplate.objects.filter(key="question").update(subject={"en": "Older words"})
    (published,) = publish_shipped(AT + timedelta(days=2))
    assert (published.key, published.number) == ("question", last + 1)
