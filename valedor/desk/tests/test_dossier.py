"""The dossier on the desk: asked for, waited for, saved."""

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Document, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import page_of, words_of
from valedor.disputes.actions.make_dossier import make_dossier
from valedor.disputes.models import Dossier

ASKED = {"body": "Junta Arbitral", "copy": "full", "language": "ca"}


def test_it_is_asked_for_waited_for_and_saved(cast: Cast, sign_in: SignIn) -> None:
    case, bruno = people.a_case(cast, stage=Stage.CLOSED), sign_in(cast.bruno)
    assert "No dossier yet" in words_of(bruno.get(page_of(case, "dossier")))
    done = bruno.post(page_of(case, "dossier"), ASKED, follow=True)
    assert "Junta Arbitral" in words_of(done)
    assert "Being put together" in words_of(done)
    with people.acting(cast):
        dossier = Dossier.objects.get(case=case)
    news = bruno.get(page_of(case, "dossiers"), headers={"HX-Request": "true"})
    assert b"hx-get" in news.content
    make_dossier(dossier.pk, at=people.days(1))
    ready = bruno.get(page_of(case, "dossiers"), headers={"HX-Request": "true"})
    assert b"hx-get" not in ready.content
    assert "Sealed." in words_of(ready)
    with people.acting(cast):
        document = Document.objects.get(case=case, purpose="dossier")
    saved = bruno.get(page_of(case, f"documents/{document.pk}"))
    assert b"".join(saved).startswith(b"%PDF-1.7")
    assert saved["Content-Type"] == "application/pdf"


def test_without_script_the_list_leads_to_the_page(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.CLOSED)
    there = sign_in(cast.bruno).get(page_of(case, "dossiers"))
    assert (there.status_code, there["Location"]) == (302, page_of(case, "dossier"))


@pytest.mark.parametrize("wrong", [{"body": ""}, {"copy": "none"}, {"language": "de"}])
def test_what_is_wrong_is_said_beside_it(
    wrong: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast, stage=Stage.CLOSED)
    again = sign_in(cast.bruno).post(page_of(case, "dossier"), ASKED | wrong)
    assert again.status_code == 422
    with people.acting(cast):
        assert not Dossier.objects.exists()


def test_the_auditor_is_told_why_not(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.CLOSED)
    shown = sign_in(cast.gia).get(page_of(case, "dossier"))
    assert "Your role does not let you make a dossier." in words_of(shown)
