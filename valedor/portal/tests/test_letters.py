"""The letters of a case on the person's page."""

from tests.cast import Cast, a_case, acting, hours, letters_leave
from valedor.casefile.actors import staff
from valedor.casefile.models import Letter, Stage
from valedor.handling.actions.respond import respond
from valedor.people.actions.entities import change_entity

from .test_case import let_in, url_of
from .walking import text_of


def test_reads_letters_and_fetches_the_receipt(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case)))
    letter = page.split(f'href="{url_of(case)}/letters/')[1].split('"')[0]
    shown = text_of(visitor.get(url_of(case, f"/letters/{letter}")))
    assert "⟦" not in shown
    receipt = visitor.get(url_of(case, "/receipt"))
    content = b"".join(receipt.streaming_content) if receipt.streaming else receipt.content
    assert content.startswith(b"%PDF")


def test_an_answer_that_can_be_taken_back_is_not_read_yet(cast: Cast) -> None:
    change_entity(cast.besos, seconds_to_take_back=20, by=None, at=hours(0))
    case = a_case(cast, stage=Stage.DECIDED)
    with acting(cast):
        respond(case, by=staff(cast.bruno), at=hours(5))
        answer = Letter.objects.get(case=case, kind="response")
    visitor = let_in(cast, case)
    page = f"/letters/{answer.pk}"
    assert page not in text_of(visitor.get(url_of(case)))
    assert visitor.get(url_of(case, page)).status_code == 404
    with acting(cast):
        letters_leave(case, hours(6))
    assert page in text_of(visitor.get(url_of(case)))
