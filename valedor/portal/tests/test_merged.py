"""A merged case: whatever opened it opens the one in which it goes on, and nothing to strangers."""

import pytest

from tests.cast import Cast, acting, again
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Message
from valedor.casefile.verification import verify
from valedor.channels.models import PublicMessage
from valedor.foundation.moments import now
from valedor.handling.actions.merge import merge, unmerge
from valedor.handling.models import CaseMerge

from .test_letting_in import link_of
from .test_public_message import answer, fresh, lines, noted
from .walking import Filed, Visitor, text_of, token_of


@pytest.fixture
def filed(cast: Cast) -> list[Filed]:
    """The same words from two places: from one place they would be one case."""
    return [Visitor(address=f"192.0.2.{number}").file() for number in (98, 99)]


def _merged(cast: Cast, filed: list[Filed], **more: bool) -> tuple[Case, Case, CaseMerge]:
    with acting(cast):
        kept, case = (Case.objects.get(reference=one.reference) for one in filed)
        more = more or {"is_one_person": True}
        made = merge(case, into=kept, reason="One.", by=staff(cast.bruno), at=now(), **more)
    return kept, case, made


def test_the_code_of_the_merged_one_opens_the_one_that_goes_on(
    cast: Cast, filed: list[Filed]
) -> None:
    kept, case, _made = _merged(cast, filed)
    visitor = Visitor()
    opened = visitor.sign_in(filed[1].reference, filed[1].access_code)
    assert opened.status_code == 302
    assert kept.reference in opened["Location"]
    page = text_of(visitor.get(opened["Location"]))
    assert kept.reference in page
    assert f"What you sent as {case.reference} is dealt with here too." in page
    assert "They charged me twice." in text_of(visitor.get(f"/besos/case/{case.reference}?own"))
    # A bookmark of the merged one leads on too.
    assert kept.reference in visitor.get(f"/besos/case/{case.reference}")["Location"]


def test_the_mailed_link_of_the_merged_one_opens_the_one_that_goes_on(
    cast: Cast, filed: list[Filed]
) -> None:
    kept, case, _made = _merged(cast, filed)
    visitor = Visitor()
    opened = visitor.get("/" + link_of(cast, case.reference))
    assert kept.reference in opened["Location"]
    assert visitor.get(opened["Location"]).status_code == 200


def test_a_page_that_was_open_before_loses_no_words(cast: Cast, filed: list[Filed]) -> None:
    visitor = Visitor()
    visitor.sign_in(filed[1].reference, filed[1].access_code)
    address = f"/besos/case/{filed[1].reference}"
    token = token_of(text_of(visitor.get(address)))
    kept, _case, _made = _merged(cast, filed)
    sent = visitor.post(f"{address}/messages", {"token": token, "text": "One thing more."})
    assert sent.status_code == 302
    with acting(cast):
        said = Message.objects.filter(case=kept).latest("at")
        assert said.entry.content.body == "One thing more."


def test_taken_back_between_people_shuts_the_other_one_out(cast: Cast, filed: list[Filed]) -> None:
    kept, case, made = _merged(cast, filed, between_people=True)
    visitor = Visitor()
    visitor.sign_in(filed[1].reference, filed[1].access_code)
    assert visitor.get(f"/besos/case/{kept.reference}").status_code == 200
    with acting(cast):
        unmerge(again(case), merge=made, by=staff(cast.bruno), at=now())
    assert "for=" in visitor.get(f"/besos/case/{kept.reference}")["Location"]
    assert visitor.get(f"/besos/case/{case.reference}").status_code == 200


def _with_a_public_message(cast: Cast, case: Case) -> PublicMessage:
    """A message that its author agreed to have in a case."""
    message = noted(cast, case=case)
    assert answer(message).status_code == 302
    assert fresh(message).state == PublicMessage.State.AGREED
    return message


def _taken_out(visitor: Visitor, case: Case, query: str = "") -> int:
    address = f"/besos/case/{case.reference}/public-message{query}"
    sent = visitor.post(address, {"token": token_of(text_of(visitor.get(address)))})
    return int(sent.status_code)


def test_a_public_message_is_taken_out_of_the_case_that_goes_on(
    cast: Cast, filed: list[Filed]
) -> None:
    with acting(cast):
        case = Case.objects.get(reference=filed[1].reference)
    message = _with_a_public_message(cast, case)
    kept, case, _made = _merged(cast, filed)
    visitor = Visitor()
    page = f"/besos/case/{kept.reference}"
    visitor.sign_in(filed[1].reference, filed[1].access_code)
    assert "Take out my public message" in text_of(visitor.get(page))
    assert _taken_out(visitor, kept) == 302
    assert fresh(message).state == PublicMessage.State.WITHDRAWN
    assert "Take out my public message" not in text_of(visitor.get(page))
    assert "the message was removed" in text_of(visitor.get(f"{page}/print"))
    assert lines(case)[-2:] == ["document.erased", "social.withdrawn"]
    assert lines(kept)[-1] == "social.withdrawn"
    assert not verify().broken
    # What is brought in afterwards is there to be taken out again.
    again_in = _with_a_public_message(cast, kept)
    assert "Take out my public message" in text_of(visitor.get(page))
    assert _taken_out(visitor, kept) == 302
    assert fresh(again_in).state == PublicMessage.State.WITHDRAWN


def test_of_two_people_each_takes_out_only_their_own_public_message(
    cast: Cast, filed: list[Filed]
) -> None:
    with acting(cast):
        case = Case.objects.get(reference=filed[1].reference)
    message = _with_a_public_message(cast, case)
    kept, case, _made = _merged(cast, filed, between_people=True)
    other = Visitor()
    other.sign_in(filed[0].reference, filed[0].access_code)
    page = f"/besos/case/{kept.reference}"
    assert "Take out my public message" not in text_of(other.get(page))
    assert _taken_out(other, kept) == 409
    author = Visitor()
    author.sign_in(filed[1].reference, filed[1].access_code)
    own = text_of(author.get(f"/besos/case/{case.reference}?own"))
    assert f"/besos/case/{case.reference}/public-message?own" in own
    assert _taken_out(author, case, "?own") == 302
    assert fresh(message).state == PublicMessage.State.WITHDRAWN
    assert not verify().broken
