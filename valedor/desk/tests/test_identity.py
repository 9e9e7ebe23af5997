"""A code that shows who is on the telephone, from the page of the case."""

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.letters import identity_code_of
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import page_of, words_of
from valedor.handling.models import IdentityCheck
from valedor.people.models import ContactPoint


def test_the_code_is_read_out_and_the_case_says_so(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    with people.acting(cast):
        point = ContactPoint.objects.get(person=case.complainant_id, kind="email")
        ContactPoint.objects.filter(pk=point.pk).update(created_at=people.days(-3))
    bruno = sign_in(cast.bruno)
    asked = bruno.get(page_of(case, "identity"))
    assert "By e-mail to a•••••@example.org" in words_of(asked)
    assert "What you may tell before" in words_of(asked)
    sent = bruno.post(page_of(case, "identity"), {"point": point.pk})
    assert sent["Location"].endswith(page_of(case, "identity-code"))
    with people.acting(cast):
        code = identity_code_of(IdentityCheck.objects.select_related("letter").get().letter)
    wrong = "111111" if code != "111111" else "222222"
    bruno.post(page_of(case, "identity-code"), {"code": wrong})
    assert "Tries that are left: 4." in words_of(bruno.get(page_of(case, "identity-code")))
    assert bruno.post(page_of(case, "identity-code"), {"code": "12"}).status_code == 422
    bruno.post(page_of(case, "identity-code"), {"code": code})
    page = words_of(bruno.get(page_of(case)))
    assert "you may talk about everything in this case now" in page
    assert "by a code (E-mail)" in page
