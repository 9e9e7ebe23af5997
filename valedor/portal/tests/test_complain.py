"""The form, as somebody without JavaScript fills it in."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast, acting
from valedor.casefile.models import (
    Case,
    Deadline,
    Document,
    Entry,
    Grievance,
    Letter,
    RawMessage,
    RefusedDocument,
)
from valedor.foundation.moments import local_day, now
from valedor.intake.models import Attempt, HeldFile, HeldSubmission
from valedor.people.models import Mandate

from .walking import CODE, Visitor, hidden_fields, text_of, token_of

BILL = b"%PDF-1.7\nbill of October"


def cases() -> list[Case]:
    return list(Case.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("language", "heading", "receipt"),
    [
        ("en", "Tell us what happened", "We have it"),
        ("es", "", ""),
        ("ca", "", ""),
        ("pt-BR", "", ""),
    ],
)
def test_files_in_four_languages(cast: Cast, language: str, heading: str, receipt: str) -> None:
    visitor = Visitor(language)
    filed = visitor.file(point=["The bill", "The telephone"])
    assert heading in text_of(visitor.get("/besos/complain"))
    assert receipt in text_of(filed.receipt)
    assert filed.receipt.headers["Content-Language"] == language.lower()
    with acting(cast):
        case = Case.objects.get(reference=filed.reference)
        assert case.language == language.lower()
        assert case.privacy_notice_id is not None
        points = Grievance.objects.filter(case=case).order_by("ordinal")
        assert [point.text for point in points] == ["The bill", "The telephone"]
        assert Letter.objects.get(case=case).kind == "receipt"


def test_shows_days_before_anything_is_typed(cast: Cast) -> None:
    page = text_of(Visitor().get("/besos/complain"))
    assert "at the latest, on" in page
    assert "Sooner about Billing" in page
    assert "Sooner about Supply cut" in page


def test_shows_only_the_right_day_once_the_matter_is_chosen(cast: Cast) -> None:
    visitor = Visitor()
    part = text_of(
        visitor.get(f"/besos/complain/expected?kind=claim&category={cast.double_charge.pk}")
    )
    assert "Sooner about" not in part
    assert "Our own promise is stricter" in part
    assert 'hx-swap-oob="true"' in part
    answers = visitor.answers(category=cast.double_charge.pk)
    chosen = visitor.post(
        "/besos/complain", {"token": visitor.begin(), "step": "choose", **answers}
    )
    assert "Sooner about" not in text_of(chosen)
    assert "They charged me twice." in text_of(chosen)


def test_the_day_shown_is_the_day_registered(cast: Cast) -> None:
    reviewed = Visitor().review(category=cast.double_charge.pk)
    visitor = Visitor()
    filed = visitor.file(category=cast.double_charge.pk)
    with acting(cast):
        case = Case.objects.get(reference=filed.reference)
        law = Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")
    assert str(law.due_on) in text_of(reviewed)


def test_keeps_what_was_typed_and_says_what_is_missing(cast: Cast) -> None:
    visitor = Visitor()
    answer = visitor.review(email="marta@", name="", remedy_sought="Pay me back")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "The domain after “@” is missing" in page
    assert "Write your name" in page
    assert "Pay me back" in page
    assert "They charged me twice." in page
    with acting(cast):
        assert cases() == []
        assert RawMessage.objects.get().state == RawMessage.State.DRAFT


def test_adds_points_without_javascript(cast: Cast) -> None:
    visitor = Visitor()
    answers = visitor.answers(point=["First"])
    page = text_of(
        visitor.post("/besos/complain", {"token": visitor.begin(), "step": "add_point", **answers})
    )
    assert page.count('name="point"') == 2
    assert ">First</textarea>" in page


def test_a_file_survives_an_error_and_a_change_of_mind(cast: Cast) -> None:
    visitor = Visitor()
    bill = SimpleUploadedFile("bill.pdf", BILL, "application/pdf")
    wrong = visitor.review(email="nowhere", file=bill)
    assert wrong.status_code == 422
    assert "bill.pdf" in text_of(wrong)
    photo = SimpleUploadedFile("photo.txt", b"a photo, says the sender", "image/png")
    answers = visitor.answers(token=token_of(text_of(wrong)), step="review", file=photo)
    reviewed = visitor.post("/besos/complain", answers)
    assert "bill.pdf" in text_of(reviewed)
    assert "photo.txt" in text_of(reviewed)
    edited = visitor.post("/besos/complain", {**hidden_fields(text_of(reviewed)), "step": "edit"})
    file = HeldFile.objects.get(name="photo.txt")
    taken = visitor.post(
        "/besos/complain",
        visitor.answers(token=token_of(text_of(edited)), step=f"take_out_{file.pk}"),
    )
    assert "photo.txt" not in text_of(taken)
    again = visitor.post(
        "/besos/complain", visitor.answers(token=token_of(text_of(taken)), step="review")
    )
    sent = visitor.send(again)
    assert sent.status_code == 302
    with acting(cast):
        [case] = cases()
        [document] = Document.objects.filter(case=case)
        assert document.name == "bill.pdf"
        assert document.media_type == "application/pdf"
        raws = RawMessage.objects.filter(case=case)
        assert {raw.state for raw in raws} == {RawMessage.State.REGISTERED}
        assert raws.count() >= 3
    assert not HeldSubmission.objects.exists()


def test_sent_twice_is_registered_once(cast: Cast) -> None:
    visitor = Visitor()
    reviewed = visitor.review()
    first, second = visitor.send(reviewed), visitor.send(reviewed)
    assert first["Location"] == second["Location"]
    with acting(cast):
        assert len(cases()) == 1
        [again] = RawMessage.objects.filter(trouble="sent again")
        assert again.case_id == cases()[0].pk
    codes = [CODE.search(text_of(visitor.get(first["Location"]))) for _ in range(2)]
    assert codes[0] is not None
    assert codes[1] is not None
    assert codes[0][1] == codes[1][1]


def test_the_receipt_is_shown_to_nobody_else(cast: Cast) -> None:
    visitor = Visitor()
    filed = visitor.file()
    stranger = Visitor().get(f"/besos/complain/received/{filed.reference}")
    assert stranger.status_code == 302
    assert stranger["Location"] == "/besos/case"


def test_refuses_what_is_too_large_by_name_and_keeps_the_rest(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    settings.DOCUMENT_LIMIT = 2000  # type: ignore[attr-defined]
    visitor = Visitor()
    film = io.BytesIO(b"x" * 50_000)
    film.name = "film.mp4"
    bill = SimpleUploadedFile("bill.pdf", BILL)
    reviewed = visitor.review(file=[film, bill])
    assert "film.mp4" in text_of(reviewed)
    assert "Not taken: a file may have" in text_of(reviewed)
    with acting(cast):
        [raw] = RawMessage.objects.all()
        assert b"x" * 1000 not in bytes(raw.content or b"")
    sent = visitor.send(reviewed)
    with acting(cast):
        [case] = cases()
        assert [one.name for one in Document.objects.filter(case=case)] == ["bill.pdf"]
        [refused] = RefusedDocument.objects.filter(case=case)
        assert (refused.name, refused.size, refused.reason) == ("film.mp4", 50_000, "too_large")
        kinds = Entry.objects.filter(case=case).values_list("kind", flat=True)
        assert "document.refused" in kinds
    assert "film.mp4" in text_of(visitor.get(sent["Location"]))


def test_a_file_that_lies_about_its_type_is_kept_as_what_it_is(cast: Cast) -> None:
    visitor = Visitor()
    bomb = SimpleUploadedFile("photo.jpg", b"PK\x03\x04" + b"\0" * 200, "image/jpeg")
    visitor.send(visitor.review(file=bomb))
    with acting(cast):
        [document] = Document.objects.all()
        assert document.media_type != "image/jpeg"
        assert document.claimed_type == "image/jpeg"
        assert document.size == 204


def test_null_characters_get_a_sentence(cast: Cast) -> None:
    answer = Visitor().review(narrative="It broke\0 down")
    assert answer.status_code == 422
    assert "characters that cannot be kept" in text_of(answer)
    assert "It broke down" in text_of(answer)


def test_another_encoding_gets_a_sentence(cast: Cast) -> None:
    visitor = Visitor()
    fields = {**visitor.answers(), "token": visitor.begin(), "step": "review"}
    parts = [
        f'--xyz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + ("Señal averiada" if name == "narrative" else str(value)).encode("cp1252")
        + b"\r\n"
        for name, value in fields.items()
    ]
    answer = visitor.post_bytes(
        "/besos/complain", b"".join(parts) + b"--xyz--\r\n", "multipart/form-data; boundary=xyz"
    )
    assert answer.status_code == 422
    assert "Señal averiada" in text_of(answer)


def test_an_enormous_text_gets_a_sentence_and_is_still_there(cast: Cast) -> None:
    answer = Visitor().review(narrative="word " * 30_000)
    assert answer.status_code == 422
    assert "we can take 100000" in text_of(answer)
    assert "word " * 1000 in text_of(answer)


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"\xff\xfe\x00garbage", "application/octet-stream"),
        (b"no boundary in here", "multipart/form-data; boundary=xyz"),
        (b"", "multipart/form-data"),
    ],
)
def test_what_cannot_be_read_is_kept_for_somebody(cast: Cast, body: bytes, media_type: str) -> None:
    answer = Visitor().post_bytes("/besos/complain", body, media_type)
    assert answer.status_code == 422
    with acting(cast):
        [raw] = RawMessage.objects.all()
        assert bytes(raw.content or b"") == body
        assert raw.state == RawMessage.State.HELD


def test_hostile_words_come_out_as_words(cast: Cast) -> None:
    hostile = '<script>alert("x")</script>'
    visitor = Visitor()
    reviewed = visitor.review(
        narrative=hostile, name=hostile, remedy_sought=hostile, point=[hostile]
    )
    filed = visitor.file(narrative=hostile, name=hostile, remedy_sought=hostile, point=[hostile])
    visitor.sign_in(filed.reference, filed.access_code)
    pages = [
        reviewed,
        filed.receipt,
        visitor.get(f"/besos/case/{filed.reference}"),
        visitor.get(f"/besos/case/{filed.reference}/print"),
    ]
    for page in pages:
        assert "<script>alert" not in text_of(page)
    assert "&lt;script&gt;alert" in text_of(pages[2])


def test_an_old_token_is_looked_at_once_more(cast: Cast) -> None:
    visitor = Visitor()
    answer = visitor.post("/besos/complain", visitor.answers(token="forged:token", step="send"))
    assert answer.status_code == 200
    assert "Check what you are about to send" in text_of(answer)
    with acting(cast):
        assert cases() == []


def test_past_the_rate_everything_is_still_registered(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    settings.RATE_SUBMISSIONS_PER_HOUR = 2  # type: ignore[attr-defined]
    visitor = Visitor(address="2001:db8:1:2::1")
    neighbour = Visitor(address="2001:db8:1:2::2")
    for number, one in enumerate((visitor, neighbour, visitor)):
        assert CODE.search(text_of(one.file(narrative=f"Bill {number} is wrong.").receipt))
    Visitor(address="2001:db8:1:3::1").file()
    with acting(cast):
        assert [case.is_marked_abuse for case in cases()] == [False, False, True, False]


def test_speaks_for_somebody_else(cast: Cast) -> None:
    visitor = Visitor()
    filed = visitor.file(
        name="Elena Roca", represented_name="Ana Puig", mandate_basis="Her daughter"
    )
    with acting(cast):
        case = Case.objects.select_related("complainant").get(reference=filed.reference)
        assert case.complainant is not None
        assert case.complainant.name == "Ana Puig"
        [mandate] = Mandate.objects.filter(represented=case.complainant)
        assert mandate.representative.name == "Elena Roca"


def test_whoever_speaks_by_a_mandate_that_is_over_is_told_so(cast: Cast) -> None:
    yesterday = local_day(now(), "Europe/Madrid") - timedelta(days=1)
    given = {"name": "Elena Roca", "represented_name": "Ana Puig", "narrative": "No water."}
    page = text_of(Visitor().review(**given, mandate_expires_on=yesterday.isoformat()))
    assert "This mandate was over already." in page
    assert "No water." in page
    filed = Visitor().file(**given, mandate_expires_on=(yesterday + timedelta(days=1)).isoformat())
    with acting(cast):
        assert [one.reference for one in cases()] == [filed.reference]


def test_registers_with_few_queries(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    visitor, neighbour = Visitor(), Visitor(address="192.0.2.8")
    visitor.file()
    # The house, what is held, the viewer and back, the numbers; all else is sent in pipelines.
    reviewed = neighbour.review()
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert neighbour.send(reviewed).status_code == 302
    # Whoever registered something within the hour may have sent the very same: one more.
    reviewed = visitor.review(narrative="Another bill.")
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert visitor.send(reviewed).status_code == 302


def test_the_same_words_twice_within_minutes_are_one_case_with_its_first_receipt(
    cast: Cast,
) -> None:
    visitor = Visitor()
    first = visitor.file(file=SimpleUploadedFile("bill.pdf", BILL))
    again = visitor.file(file=SimpleUploadedFile("bill.pdf", BILL))
    assert (again.reference, again.access_code) == (first.reference, first.access_code)
    with acting(cast):
        (case,) = cases()
        assert Document.objects.filter(case=case).count() == 1
        joined = RawMessage.objects.filter(case=case, trouble="sent again")
        assert joined.get().state == RawMessage.State.REGISTERED


def test_one_word_one_file_or_another_address_make_another_case(cast: Cast) -> None:
    visitor = Visitor()
    first = visitor.file()
    others = [
        visitor.file(narrative="They charged me twice. I called and nobody answered!"),
        visitor.file(file=SimpleUploadedFile("bill.pdf", BILL)),
        visitor.file(email="ana@example.net"),
        Visitor(address="198.51.100.9").file(),
    ]
    assert len({first.reference, *(one.reference for one in others)}) == 5


def test_the_same_words_an_hour_later_are_a_new_case(cast: Cast) -> None:
    visitor = Visitor()
    first = visitor.file()
    before = Attempt.objects.filter(what=Attempt.What.CONTENT)
    before.update(at=before.get().at - timedelta(minutes=16))
    assert visitor.file().reference != first.reference


def test_nothing_is_revealed_of_an_open_case_before_or_after_sending(cast: Cast) -> None:
    """Somebody else's address typed into the form tells a stranger nothing."""
    mine = Visitor().file(email="ana@example.org")
    stranger = Visitor(address="198.51.100.9")
    reviewed = stranger.review(email="ana@example.org")
    assert "Have you told us of this before?" in text_of(reviewed)
    assert mine.reference not in text_of(reviewed)
    sent = stranger.send(reviewed)
    assert mine.reference not in text_of(stranger.get(sent["Location"]))
    theirs = sent["Location"].rsplit("/", 1)[1]
    assert mine.reference not in text_of(stranger.get(f"/besos/case/{theirs}"))
