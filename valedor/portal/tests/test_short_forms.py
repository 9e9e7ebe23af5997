"""Each kind of contact has its own short form, and loses nothing by it."""

import re
from typing import Any

import pytest

from tests.cast import Cast, acting
from valedor.casefile.models import Case, Deadline, Grievance, RawMessage
from valedor.intake.kind_forms import FORMS, OFFERED

from .walking import Visitor, text_of, token_of

SHORT = ["enquiry", "suggestion", "thanks", "cancellation", "technical_support", "data_request"]


def shown(page: str) -> str:
    """The page without what is folded away. Parts that are folded away lie in one another."""
    kept, depth, at = [], 0, 0
    for tag in re.finditer(r"<asked-for\b[^>]*?(\bhidden)?>|</asked-for>", page):
        if depth == 0:
            kept.append(page[at : tag.start()])
        if tag[0] == "</asked-for>":
            depth -= depth > 0
        elif depth or tag[1]:
            depth += 1
        at = tag.end()
    return "".join([*kept, page[at:]])


def opened(kind: str, language: str = "en") -> str:
    return shown(text_of(Visitor(language).get(f"/besos/complain?kind={kind}")))


@pytest.mark.parametrize("kind", OFFERED)
def test_a_form_shows_what_its_kind_asks(cast: Cast, kind: str) -> None:
    page = opened(kind)
    asks = FORMS[kind].asks  # type: ignore[index]
    assert f'<h1 class="display">{FORMS[kind].title}</h1>' in page  # type: ignore[index]
    for name in ("point", "remedy_sought", "contract_number", "touches_safety", "category",
                 "file", "represented_name", "needs_help"):  # fmt: skip
        assert (f'name="{name}"' in page) is (name in asks), name
    for name in ("narrative", "name", "email", "answer_channel", "kind"):
        assert f'name="{name}"' in page


def test_the_questions_are_in_the_words_of_the_kind(cast: Cast) -> None:
    assert "What would you like to know?" in opened("enquiry")
    assert "What happened?" not in opened("enquiry")
    assert "¿Qué ha estado bien hecho?" in opened("thanks", "es")
    page = opened("cancellation")
    assert "From which day?" in page
    assert "What would put it right?" not in page
    assert "If it turns out to be a complaint" in page
    assert "If it turns out to be a complaint" not in opened("complaint")


@pytest.mark.parametrize("kind", SHORT)
def test_a_short_form_is_registered_like_any_other(cast: Cast, kind: str) -> None:
    filed = Visitor().file(kind=kind)
    with acting(cast):
        case = Case.objects.get(reference=filed.reference)
        assert case.kind == kind
        raws = RawMessage.objects.filter(case=case)
        assert {raw.state for raw in raws} == {RawMessage.State.REGISTERED}
    assert filed.access_code in text_of(filed.receipt)


def test_the_clocks_of_the_kind_run(cast: Cast) -> None:
    reference = Visitor().file(kind="enquiry").reference
    with acting(cast):
        assert Deadline.objects.filter(case__reference=reference, duty="respond").exists()


def test_says_what_is_missing_in_its_own_words(cast: Cast) -> None:
    answer = Visitor().review(kind="suggestion", narrative="")
    assert answer.status_code == 422
    assert "Write what we could do better" in text_of(answer)
    assert "Tell us what happened: a sentence" not in text_of(answer)


def test_what_was_written_before_another_kind_was_chosen_is_shown_and_kept(cast: Cast) -> None:
    visitor = Visitor()
    answers: dict[str, Any] = visitor.answers(
        kind="enquiry", point=["Charged twice"], remedy_sought="Pay me back", contract_number="C-1"
    )
    chosen = visitor.post(
        "/besos/complain", {"token": visitor.begin(), "step": "choose", **answers}
    )
    page = shown(text_of(chosen))
    for words in ("Charged twice", "Pay me back", "C-1"):
        assert words in page
    assert 'name="touches_safety"' not in page
    filed = visitor.send(visitor.post("/besos/complain", {
        **answers, "token": token_of(text_of(chosen)), "step": "review"}))  # fmt: skip
    with acting(cast):
        case = Case.objects.get(reference=filed["Location"].rsplit("/", 1)[1])
        assert case.remedy_sought == "Pay me back"
        assert Grievance.objects.get(case=case).text == "Charged twice"


def test_the_ways_in_lead_to_each_form(cast: Cast) -> None:
    page = text_of(Visitor().get("/besos/"))
    for kind in OFFERED:
        assert f"/besos/complain?kind={kind}" in page
