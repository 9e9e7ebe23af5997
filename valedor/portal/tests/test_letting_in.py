"""Into a case: by reference and code, or by a mailed link; and nobody else."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, acting
from valedor.casefile.letters import mailed_link
from valedor.casefile.models import Case, Letter
from valedor.foundation.moments import now
from valedor.foundation.references import reference_of
from valedor.handling.models import Alarm
from valedor.portal.tasks import tell_of_wrong_codes

from .walking import CODE, Filed, Visitor, text_of, token_of

WRONG = "0000-0000-0000"


@pytest.fixture
def filed(cast: Cast) -> Filed:
    return Visitor(address="192.0.2.99").file()


def link_of(cast: Cast, reference: str, *, days_ago: float = 0) -> str:
    with acting(cast):
        case = Case.objects.select_related("entity").get(reference=reference)
        at = now() - timedelta(days=days_ago)
        return mailed_link(case, case.complainant_id, at=at).split("/", 3)[3]


def test_opens_with_reference_and_code_however_typed(cast: Cast, filed: Filed) -> None:
    visitor = Visitor()
    typed = filed.reference.lower().replace("-", " ")
    code = filed.access_code.lower().replace("-", "").replace("0", "o").replace("1", "l")
    opened = visitor.sign_in(typed, code)
    assert opened.status_code == 302
    assert filed.reference in text_of(visitor.get(opened["Location"]))


def test_a_wrong_letter_is_a_slip_of_the_pen(cast: Cast, filed: Filed) -> None:
    wrong = filed.reference[:-1] + ("A" if filed.reference[-1] != "A" else "B")
    answer = Visitor().sign_in(wrong, filed.access_code)
    assert answer.status_code == 422
    assert "The letter at the end does not go with this number" in text_of(answer)


def test_a_case_that_does_not_exist_is_a_wrong_code(cast: Cast, filed: Filed) -> None:
    def asked(reference: str) -> tuple[str, int]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Visitor(address="192.0.2.1").sign_in(reference, WRONG)
        page = text_of(answer).replace(reference, "")
        csrf = 'name="csrfmiddlewaretoken" value="'
        at = page.index(csrf)
        return page[:at] + page[at + 120 :], len(queries)

    first = asked(filed.reference)
    second = asked(reference_of(2026, 999_999))
    assert first[1] == second[1]
    assert "No case of ours goes with this reference" in first[0]
    assert "No case of ours goes with this reference" in second[0]


def test_ten_wrong_codes_an_hour_from_one_network(cast: Cast, filed: Filed) -> None:
    visitor = Visitor(address="2001:db8::1")
    for _ in range(10):
        assert visitor.sign_in(filed.reference, WRONG).status_code == 422
    neighbour = Visitor(address="2001:db8::2")
    refused = neighbour.sign_in(filed.reference, filed.access_code)
    assert refused.status_code == 429
    assert "Too many wrong codes" in text_of(refused)
    elsewhere = Visitor(address="2001:db8:0:1::1")
    assert elsewhere.sign_in(filed.reference, filed.access_code).status_code == 302


def test_wrong_codes_on_a_case_raise_one_alarm(cast: Cast, filed: Filed) -> None:
    for number in range(6):
        Visitor(address=f"198.51.100.{number}").sign_in(filed.reference, WRONG)
    for _ in range(2):
        tell_of_wrong_codes(cast.besos.pk, filed.reference)
    with acting(cast):
        assert Alarm.objects.filter(cause=Alarm.Cause.WRONG_CODES).count() == 1


def test_the_number_alone_opens_nothing(cast: Cast, filed: Filed) -> None:
    visitor = Visitor()
    for page in ("", "/print", "/receipt", "/contest", "/withdrawal", "/counting/1", "/letters/1"):
        for reference in (filed.reference, "2026-123456-X"):
            answer = visitor.get(f"/besos/case/{reference}{page}")
            assert answer.status_code == 302
            assert answer["Location"].startswith("/besos/case?for=")


def test_one_case_opens_no_other(cast: Cast, filed: Filed) -> None:
    other = Visitor(address="192.0.2.50").file()
    visitor = Visitor()
    visitor.sign_in(filed.reference, filed.access_code)
    name = f"case-{filed.reference.lower()}"
    stolen = visitor.client.cookies[name].value
    visitor.client.cookies[f"case-{other.reference.lower()}"] = stolen
    assert visitor.get(f"/besos/case/{other.reference}").status_code == 302


def test_a_mailed_link_becomes_a_cookie_and_changes_nothing(cast: Cast, filed: Filed) -> None:
    visitor = Visitor()
    link = "/" + link_of(cast, filed.reference)
    with acting(cast):
        before = Case.objects.values().get(reference=filed.reference)
    opened = visitor.get(link)
    assert opened.status_code == 302
    assert opened["Location"] == f"/besos/case/{filed.reference}"
    cookie = opened.cookies[f"case-{filed.reference.lower()}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert visitor.get(opened["Location"]).status_code == 200
    with acting(cast):
        assert Case.objects.values().get(reference=filed.reference) == before


def test_a_forged_link_gets_a_sentence(cast: Cast, filed: Filed) -> None:
    forged = signing.dumps({"case": 1, "person": 0, "at": 1}, salt="another salt")
    for signed in (forged, "", "x" * 500, link_of(cast, filed.reference)[:-4]):
        answer = Visitor().get(f"/besos/case/{filed.reference}?link={signed[-300:]}")
        assert answer.status_code == 403
        assert "This link is not one of ours" in text_of(answer)


def test_an_expired_link_offers_a_new_one(cast: Cast, filed: Filed) -> None:
    visitor = Visitor()
    answer = visitor.get("/" + link_of(cast, filed.reference, days_ago=31))
    assert answer.status_code == 410
    assert "ana@example.org" not in text_of(answer)
    found = text_of(answer).split('name="link" value="')[1].split('"')[0]
    for _ in range(2):
        told = visitor.post("/besos/case/new-link", {"link": found})
        assert told.status_code == 302
        assert "If we have an e-mail address of yours" in text_of(visitor.get(told["Location"]))
    forged = visitor.post("/besos/case/new-link", {"link": "forged"})
    assert "If we have an e-mail address of yours" in text_of(visitor.get(forged["Location"]))
    with acting(cast):
        [letter] = Letter.objects.filter(kind="new_link")
        assert letter.contact_point is not None
        assert letter.contact_point.value == "ana@example.org"


def test_a_revoked_link_no_longer_opens(cast: Cast, filed: Filed) -> None:
    visitor = Visitor()
    link = "/" + link_of(cast, filed.reference)
    visitor.get(link)
    with acting(cast):
        later = now() + timedelta(minutes=1)
        Case.objects.filter(reference=filed.reference).update(links_valid_from=later)
    assert visitor.get(f"/besos/case/{filed.reference}").status_code == 302
    assert visitor.get(link).status_code == 410


def test_a_new_code_ends_the_old_one(cast: Cast, filed: Filed) -> None:
    inside, other = Visitor(), Visitor()
    inside.sign_in(filed.reference, filed.access_code)
    other.sign_in(filed.reference, filed.access_code)
    page = f"/besos/case/{filed.reference}"
    token = token_of(text_of(inside.get(f"{page}/access-code")))
    drawn = inside.post(f"{page}/access-code", {"token": token})
    found = CODE.search(text_of(drawn))
    assert found is not None
    assert found[1] != filed.access_code
    assert inside.get(page).status_code == 200
    assert other.get(page).status_code == 302
    assert other.sign_in(filed.reference, filed.access_code).status_code == 422
    assert other.sign_in(filed.reference, found[1]).status_code == 302


def test_a_link_that_was_forwarded_opens_nothing_once_a_new_code_is_drawn(
    cast: Cast, filed: Filed
) -> None:
    """Whoever has the link comes in with it, as with a letter that lies open: the person draws a
    new code, and is the only one who is in. The other is offered a link to the person's address.
    """
    stranger, inside = Visitor(), Visitor()
    link = "/" + link_of(cast, filed.reference, days_ago=1)
    page = f"/besos/case/{filed.reference}"
    for visitor in (stranger, inside):
        visitor.get(link)
        assert visitor.get(page).status_code == 200
    token = token_of(text_of(inside.get(f"{page}/access-code")))
    assert CODE.search(text_of(inside.post(f"{page}/access-code", {"token": token})))
    assert inside.get(page).status_code == 200
    assert stranger.get(page).status_code == 302
    refused = stranger.get(link)
    assert refused.status_code == 410
    assert "ana@example.org" not in text_of(refused)


def test_leaving_closes_the_pages(cast: Cast, filed: Filed) -> None:
    visitor = Visitor()
    visitor.sign_in(filed.reference, filed.access_code)
    visitor.post("/besos/case/leave")
    assert visitor.get(f"/besos/case/{filed.reference}").status_code == 302
