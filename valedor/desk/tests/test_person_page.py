"""The page of one person: what we know, and their consent to promotional contact."""

import json

from tests import cast as people
from tests.cast import Cast, a_consent
from valedor.casefile.models import Case
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import page_of, words_of
from valedor.people.models import PromotionConsent, Role


def _page(case: Case) -> str:
    return f"/desk/people/{case.complainant_id}"


GIVEN = {
    "entity": "besos",
    "given_at": "2026-11-20T09:00",
    "occasion": "own_wish",
    "channel": "telephone",
    "giver": "person",
    "language": "es",
    "words": "Sí, envíenme ofertas.",
    "version": "Guion 4",
}


def test_written_down_as_it_was_given_and_withdrawn(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    page = nuria.get(_page(case))
    assert "None: nothing promotional may be sent to them." in words_of(page)
    assert "checked" not in page.content.decode()  # No yes is suggested.
    assert f'href="{_page(case)}"' in nuria.get(page_of(case)).content.decode()
    assert nuria.post(_page(case), GIVEN).status_code == 302
    consent = PromotionConsent.objects.get()
    assert (consent.person_id, consent.words, consent.version) == (
        case.complainant_id, "Sí, envíenme ofertas.", "Guion 4"
    )  # fmt: skip
    words = words_of(nuria.get(_page(case)))
    assert "Sí, envíenme ofertas." in words
    assert "Telephone · The person themselves · They asked for it themselves" in words
    done = nuria.post(_page(case), {"withdraw": "besos", "through": "letter"})
    assert done.status_code == 302
    assert "Withdrawn on" in words_of(nuria.get(_page(case)))
    again = nuria.post(_page(case), {"withdraw": "besos", "through": "letter"})
    assert again.status_code == 409


def test_half_of_it_comes_back_with_what_is_missing(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    back = bruno.post(_page(case), GIVEN | {"words": "", "occasion": ""})
    assert back.status_code == 422
    assert "Write down to which words they said yes." in words_of(back)
    assert not PromotionConsent.objects.exists()


def test_only_with_a_case_of_theirs_and_only_at_their_entity(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    a_consent(case, cast.bruno)
    assert sign_in(cast.dario).get(_page(case)).status_code == 404
    auditor = sign_in(cast.gia)
    words = words_of(auditor.get(_page(case)))
    assert "Sí, quiero recibir ofertas" in words
    assert "Write down a consent" not in words
    auditor.post(_page(case), {"withdraw": "besos", "through": "letter"})
    assert PromotionConsent.objects.get().withdrawn_at is None


def test_taken_along_as_a_file_by_who_may(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    a_consent(case, cast.bruno)
    file = sign_in(cast.bruno).get(f"{_page(case)}/export")
    told = json.loads(file.content)
    assert told["person"]["name"] == "Ana Puig"
    assert told["cases"][0]["reference"] == case.reference
    (consent,) = told["consents_to_promotion"]
    assert (consent["version"], consent["withdrawn_at"]) == ("M-12", None)
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    assert nuria.get(f"{_page(case)}/export").status_code == 403
    assert sign_in(cast.dario).get(f"{_page(case)}/export").status_code == 404
