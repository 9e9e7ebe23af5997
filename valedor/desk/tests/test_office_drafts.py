"""What somebody of the office types is kept behind the wall, for them alone, until it is sent."""

import pytest
from django.test import Client

from tests.cast import Cast, a_case, acting
from valedor.casefile.models import Case, Entry, Grievance, Stage
from valedor.casefile.viewing import complainant_of, viewer_of, viewing
from valedor.foundation.moments import now
from valedor.handling.models import Draft
from valedor.review.office.actions.opine import apply_principles
from valedor.review.office.actions.take import recuse
from valedor.review.office.queries import first_words
from valedor.review.tests.office_cast import Office, a_file_being_heard, the_office

from .conftest import SignIn
from .reading import words_of


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture
def file(cast: Cast, office: Office) -> Case:
    with acting(cast):
        return a_file_being_heard(cast, a_case(cast, stage=Stage.ANSWERED))


@pytest.fixture
def felix(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.felix)


def at(file: Case, page: str = "") -> str:
    return f"/desk/office/{file.reference}{page}"


def test_a_half_typed_text_is_there_again_and_gone_once_it_is_sent(
    cast: Cast, felix: Client, file: Case
) -> None:
    point = _point_of(cast, file)
    for page, name in (("/word", "word"), (f"/conclusion/{point}", f"conclusion-{point}")):
        field = "text" if name == "word" else "reasons"
        kept = felix.post(at(file, f"/drafts/{name}"), {field: "We have re"})
        assert kept.status_code == 302
        shown = felix.get(at(file, page))
        assert "We have re" in shown.content.decode()
        assert "not sent" in words_of(shown)
    assert felix.post(at(file, "/word"), {"text": "We have read it."}).status_code == 302
    assert "We have re" not in felix.get(at(file, "/word")).content.decode()
    with acting(cast):
        assert [one.form for one in Draft.objects.all()] == [f"conclusion-{point}"]


def _point_of(cast: Cast, file: Case) -> int:
    with acting(cast):
        return Grievance.objects.filter(case=file)[0].pk


def test_nobody_outside_the_office_sees_it_and_no_colleague_in_it_either(
    cast: Cast, office: Office, felix: Client, file: Case, sign_in: SignIn
) -> None:
    felix.post(at(file, "/drafts/deliberation"), {"text": "She is right."})
    with acting(cast):
        draft = Draft.objects.get()
        assert draft.seats == 4  # The office alone.
        assert not Entry.objects.filter(case=file, kind="office.deliberated").exists()
    for viewer in (viewer_of(cast.bruno), viewer_of(cast.gia), complainant_of(file.pk)):
        with viewing(viewer):
            assert not Draft.objects.exists()
    assert (
        "She is right." not in sign_in(office.nil).get(at(file, "/deliberation")).content.decode()
    )
    bruno = sign_in(cast.bruno)
    assert bruno.post(at(file, "/drafts/deliberation"), {"text": "x"}).status_code in {403, 404}
    assert sign_in(office.nil).post(at(file, f"/drafts/{draft.pk}/drop")).status_code == 404


def test_two_windows_keep_both_texts(cast: Cast, felix: Client, file: Case) -> None:
    for window in ("one", "two"):
        felix.post(at(file, "/drafts/word"), {"text": f"Window {window}.", "draft_place": window})
    shown = felix.get(at(file, "/word")).content.decode()
    assert "Window one." in shown
    assert "Window two." in shown
    with acting(cast):
        first = Draft.objects.get(window="one").pk
    assert f"?draft={first}" in shown
    assert felix.post(at(file, f"/drafts/{first}/drop")).status_code == 302
    assert "Window one." not in felix.get(at(file, "/word")).content.decode()


def test_what_is_no_draft_is_refused(cast: Cast, office: Office, felix: Client, file: Case) -> None:
    for name in ("nothing", "admission", "signature", "9"):
        assert felix.post(at(file, f"/drafts/{name}"), {"text": "x"}).status_code == 404
    assert felix.get(at(file, "/drafts/word")).status_code == 405
    null = felix.post(
        at(file, "/drafts/word"), {"text": "a\0b" + "x" * 200_000, "draft_place": "\0"}
    )
    assert null.status_code == 302
    with acting(cast):
        [draft] = Draft.objects.all()
        assert draft.content["text"].startswith("abx")
        assert len(draft.content["text"]) <= 100_000
        recuse(file, reasons="Ana is my cousin.", by=office.by, at=file.received_at)
    assert felix.post(at(file, "/drafts/word"), {"text": "x"}).status_code == 404


def test_the_file_lies_beside_a_form_of_the_opinion(
    cast: Cast, office: Office, felix: Client, file: Case
) -> None:
    """What was said and the draft as far as it goes, and the whole of it beside the signature."""
    apply_principles(file, text="Good practice of meters.", binds=False, by=office.by, at=now())
    with acting(cast):
        said = first_words(file)
    for noun in ("fact", "principles", "signature"):
        words = words_of(felix.get(at(file, f"/{noun}")))
        assert said
        assert said in words
        assert "Good practice of meters." in words
    assert said not in words_of(felix.get(at(file, "/question")))
