"""Quick registration: kept raw first, registered once, the code shown once."""

import re
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Document, Entry, Grievance, Letter, RawMessage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.handling.models import Closure
from valedor.knowledge.tests.shelf import LEAK, an_article
from valedor.people.models import Role

ADDRESS = "/desk/register?entity=besos"


def _given(client: Client, **more: Any) -> dict[str, Any]:
    token = client.get(ADDRESS).context["form"]["token"].value()
    return {
        "channel": "telephone",
        "received_at": "2026-11-20T18:00",
        "language": "es",
        "kind": "complaint",
        "category": "",
        "name": "Marta Soler",
        "telephone": "600 100 200",
        "email": "marta@example.org",
        "answer_channel": "email",
        "narrative": "Le cobran dos veces. Llamó y nadie respondió.",
        "point": "Dos cargos\n- Nadie respondió\n",
        "token": token,
    } | more


def _cases(cast: Cast) -> list[Case]:
    with people.acting(cast):
        return list(Case.objects.select_related("complainant").order_by("pk"))


def test_a_call_becomes_a_case_with_a_code_to_read_aloud(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    scan = SimpleUploadedFile("letter.txt", b"scanned")
    done = nuria.post(ADDRESS, _given(nuria, file=scan))
    assert done.status_code == 200, words_of(done)
    (case,) = _cases(cast)
    assert case.channel == "telephone"
    assert case.received_at == people.FRIDAY + timedelta(hours=7, minutes=46)
    assert case.registered_at == people.days(1)
    assert case.reference in words_of(done)
    assert done.context["code"] in words_of(done)
    with people.acting(cast):
        assert [one.text for one in Grievance.objects.filter(case=case)] == [
            "Dos cargos",
            "Nadie respondió",
        ]
        raw = RawMessage.objects.get(case=case)
        assert b"Le cobran dos veces." in bytes(raw.content or b"")
        assert raw.state == RawMessage.State.REGISTERED
        assert Document.objects.get(case=case).name == "letter.txt"
    paper = nuria.get(done.context["receipt_url"])
    assert paper.content.startswith(b"%PDF")


def test_the_same_form_sent_twice_is_one_case(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    given = _given(bruno)
    assert bruno.post(ADDRESS, given).status_code == 200
    again = bruno.post(ADDRESS, given)
    assert again.status_code == 302
    assert len(_cases(cast)) == 1


def test_nothing_typed_is_lost_when_something_is_wrong(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    wrong = bruno.post(ADDRESS, _given(bruno, email="marta", received_at="2027-01-01T10:00"))
    assert wrong.status_code == 422
    page = words_of(wrong)
    assert "This moment has not come yet." in page
    assert "No letter can go to this address." in page
    assert "Le cobran dos veces." in page
    assert _cases(cast) == []
    with people.acting(cast):
        assert RawMessage.objects.get().state == RawMessage.State.DRAFT


def test_on_behalf_of_somebody_and_anonymous(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    given = _given(bruno, represented_name="Ana Puig", mandate_basis="Her daughter.")
    assert bruno.post(ADDRESS, given).status_code == 200
    assert bruno.post(ADDRESS, _given(bruno, name="", email="")).status_code == 200
    first, second = _cases(cast)
    assert first.complainant is not None
    assert first.complainant.name == "Ana Puig"
    assert first.mandate_id is not None
    assert second.complainant is None or second.complainant.name == ""


def test_a_mandate_lasts_on_the_day_on_which_the_words_came(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    given = {"represented_name": "Ana Puig", "mandate_expires_on": "2026-11-18"}
    late = bruno.post(ADDRESS, _given(bruno, **given, received_at="2026-11-19T10:00"))
    assert late.status_code == 422
    assert "This mandate was over already." in words_of(late)
    in_time = bruno.post(ADDRESS, _given(bruno, **given, received_at="2026-11-18T10:00"))
    assert in_time.status_code == 200, words_of(in_time)
    assert len(_cases(cast)) == 1


def test_perhaps_the_same_person(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    address = "/desk/register/known?entity=besos&email=ana%40example.org"
    assert case.reference in words_of(sign_in(cast.bruno).get(address))
    assert sign_in(cast.dario).get(address).status_code == 404


def test_a_post_without_its_token_is_refused(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    given = _given(bruno)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = bruno.cookies
    assert strict.post(ADDRESS, given).status_code == 403
    assert _cases(cast) == []


def _enquiry(client: Client, **more: Any) -> dict[str, Any]:
    return _given(client, kind="enquiry", narrative="¿A qué hora abren?", point="", **more)


def test_an_enquiry_is_answered_at_once_in_own_words(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    done = nuria.post(ADDRESS, _enquiry(nuria, answer_now="Abrimos a las nueve."))
    assert "the case is closed" in words_of(done)
    assert done.context["dates"] == []
    (case,) = _cases(cast)
    with people.acting(cast):
        assert case.closed_at is not None
        assert Closure.objects.get(case=case).reason == "answered_at_once"
        assert "Abrimos a las nueve." in Letter.objects.get(case=case, kind="message").body
        assert case.facts["enquiry_answered_in_contact"] is True
    again = nuria.get(f"/desk/cases/{case.reference}")
    assert "Abrimos a las nueve." in words_of(again)


def test_an_enquiry_is_answered_from_what_we_know(cast: Cast, sign_in: SignIn) -> None:
    an_article(cast.besos)
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    nuria.post(ADDRESS, _enquiry(nuria, answer_article="leak"))
    (case,) = _cases(cast)
    with people.acting(cast):
        entry = Entry.objects.get(case=case, kind="case.answered_at_once")
        assert entry.particulars["article"] == "leak"
        assert LEAK["es"] in Letter.objects.get(case=case, kind="message").body


def test_a_complaint_is_not_answered_at_once(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    refused = nuria.post(ADDRESS, _given(nuria, answer_now="Lo sentimos."))
    assert refused.status_code == 422
    assert "is not answered at once" in words_of(refused)
    assert _cases(cast) == []


def test_a_short_form_folds_away_what_its_kind_does_not_ask(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    page = nuria.get(f"{ADDRESS}&kind=thanks").content.decode()
    folded = re.findall(r'<asked-for kinds="[^"]*" hidden><div[^>]*><label[^>]*for="(\w+)"', page)
    assert {"remedy_sought", "subject", "point", "category", "answer_now"} <= set(folded)
    assert not {"narrative", "name", "email"} & set(folded)
    assert re.search(r'<asked-for kinds="[^"]*thanks[^"]*">What was done well, and by whom\?', page)
    shown = nuria.post(ADDRESS, _given(nuria, kind="enquiry", step="edit"))
    assert shown.status_code == 200
    assert _cases(cast) == []
