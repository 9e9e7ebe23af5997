"""A post is kept as it came before anything reads it, and read once."""

import io
import random
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from tests.cast import FRIDAY, Cast, acting, the_cast
from valedor.casefile import arrivals, store
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import EVERYONE, OFFICE_FILE, Seat
from valedor.casefile.viewing import viewer_of, viewing
from valedor.channels.web_form import arriving, held, inbound, left_over
from valedor.channels.web_form.multipart import Unreadable, name_and_file_of, parts_of
from valedor.channels.web_form.questions import ComplaintForm
from valedor.channels.web_form.reading import read_post
from valedor.channels.web_form.tokens import new_token, read_token
from valedor.intake.models import HeldFile, HeldSubmission
from valedor.procedures.house_rules import house_rules
from valedor.review.tests.office_cast import the_office

TYPE = "multipart/form-data; boundary=xyz"
BOUNDARY = b"xyz"


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def posted(*parts: tuple[str, str | None, bytes]) -> bytes:
    """A multipart post as browsers write it."""
    body = b""
    for name, file_name, content in parts:
        file = "" if file_name is None else f'; filename="{file_name}"'
        body += (
            f'--xyz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
            + content
            + b"\r\n"
        )
    return body + b"--xyz--\r\n"


def take(body: bytes, *, document_limit: int, submission_limit: int) -> arriving.Arrived:
    return arriving.take(
        io.BytesIO(body).read,
        len(body),
        TYPE,
        document_limit=document_limit,
        submission_limit=submission_limit,
    )


# ------------------------------------------------------------------ arriving
@pytest.mark.parametrize("piece", [1, 3, 17, 64, 4096])
def test_drops_a_large_file_while_it_streams_by(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(arriving, "PIECE", piece)
    body = posted(
        ("text", None, b"before\r\n--xy not the end"),
        ("file", "film.mp4", b"x" * 3000),
        ("file", "bill.pdf", b"y" * 90 + b"\r\n"),
        ("more", None, b"after"),
    )
    arrived = take(body, document_limit=500, submission_limit=10_000)
    assert [(cut.file_name, cut.size, cut.reason) for cut in arrived.cuts] == [
        ("film.mp4", 3000, "too_large")
    ]
    kept = [(part.name, part.value()) for part in parts_of(arrived.content, BOUNDARY)]
    assert kept == [
        ("text", b"before\r\n--xy not the end"),
        ("file", b""),
        ("file", b"y" * 90 + b"\r\n"),
        ("more", b"after"),
    ]
    assert b"xxx" not in bytes(arrived.content[:])


@pytest.mark.parametrize("piece", [1, 4096])
@pytest.mark.parametrize(("size", "is_cut"), [(499, False), (500, False), (501, True)])
def test_what_ends_a_post_is_no_part_of_its_last_file(
    monkeypatch: pytest.MonkeyPatch, piece: int, size: int, *, is_cut: bool
) -> None:
    monkeypatch.setattr(arriving, "PIECE", piece)
    body = posted(("text", None, b"before"), ("file", "film.mp4", b"x" * size))
    arrived = take(body, document_limit=500, submission_limit=10_000)
    assert [(cut.size, cut.reason) for cut in arrived.cuts] == [(size, "too_large")] * is_cut
    assert [part.name for part in parts_of(arrived.content, BOUNDARY)] == ["text", "file"]


def test_drops_what_is_too_much_together_but_keeps_the_words() -> None:
    body = posted(
        ("file", "one", b"1" * 400), ("file", "two", b"2" * 400), ("text", None, b"w" * 300)
    )
    arrived = take(body, document_limit=450, submission_limit=700)
    assert [cut.file_name for cut in arrived.cuts] == ["two"]
    post = read_post(arrived.content, TYPE, arrived.cuts)
    assert post.text("text") == "w" * 300
    assert [(one.name, one.reason) for one in post.refused] == [("two", "submission_too_large")]


def test_what_is_under_the_limits_is_kept_byte_for_byte() -> None:
    source = random.Random(7)
    for _ in range(30):
        body = posted(
            *(
                (f"f{number}", source.choice([None, "a.bin"]), source.randbytes(200))
                for number in range(source.randint(1, 6))
            )
        )
        arrived = take(body, document_limit=250, submission_limit=1_000_000)
        assert bytes(arrived.content[:]) == body
        assert not arrived.cuts


@pytest.mark.parametrize(
    "body", [b"", b"nothing", b"--other\r\n\r\n", b"--xyz" * 3, b"--xyz\r\nno headers end"]
)
def test_garbage_is_unreadable_or_empty(body: bytes) -> None:
    try:
        post = read_post(body, TYPE)
    except Unreadable:
        return
    assert not post.fields


def test_reads_file_names_however_they_are_written() -> None:
    assert name_and_file_of(b'form-data; name="f"; filename="a\\"b.pdf"') == ("f", 'a"b.pdf')
    assert name_and_file_of(b'form-data; name="f"; filename="C:\\\\x\\\\y.pdf"')[1] == "y.pdf"
    assert name_and_file_of(b'form-data; name="f"; filename="../../etc/passwd"')[1] == "passwd"
    encoded = b"form-data; name=f; filename*=UTF-8''se%C3%B1al.pdf"
    assert name_and_file_of(encoded) == ("f", "señal.pdf")


def test_a_token_is_ours_or_nothing() -> None:
    token = new_token().holding(7, 2)
    assert read_token(str(token)) == token
    assert read_token(str(token)[:-1]) is None
    assert read_token("") is None


# ------------------------------------------------------------------ kept
def keep(
    cast: Cast, body: bytes, *, what: str = "complain", seats: Seat = EVERYONE, **more: str
) -> inbound.Kept:
    factory = RequestFactory(**more)  # type: ignore[arg-type]
    request = factory.generic("POST", "/besos/complain", body, content_type=TYPE)
    told = {"language": "es", "privacy_notice": None, what: True}
    return inbound.keep(request, cast.besos.pk, at=FRIDAY, told=told, seats=seats)


def answers(token: str, **more: bytes) -> bytes:
    fields = {
        "token": token.encode(),
        "step": b"send",
        "kind": b"complaint",
        "category": b"other",
        "narrative": b"They charged me twice.",
        "name": b"Ana",
        "answer_channel": b"email",
        "email": b"ana@example.org",
        **more,
    }
    return posted(*((name, None, value) for name, value in fields.items()))


def test_keeps_the_bytes_and_the_envelope(cast: Cast) -> None:
    body = answers("t")
    kept = keep(cast, body, REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="A browser")
    with acting(cast):
        raw = RawMessage.objects.get(pk=kept.raw_id)
        assert bytes(raw.content or b"") == body
        assert raw.envelope["address"] == "192.0.2.7"
        assert raw.envelope["agent"] == "A browser"
        assert raw.media_type == TYPE
        assert raw.state == RawMessage.State.ARRIVED


def test_large_posts_lie_in_the_store(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "LARGEST_IN_ROW", 100)
    body = answers("t", narrative=b"word " * 100)
    kept = keep(cast, body)
    with acting(cast):
        raw = RawMessage.objects.get(pk=kept.raw_id)
    assert raw.content is None
    assert store.read(raw.stored_as) == body


# ------------------------------------------------------------------ left over
def test_what_was_kept_and_never_answered_is_registered_once(cast: Cast) -> None:
    body = answers(str(new_token()))
    keep(cast, body)
    assert left_over.read_left_over(FRIDAY + timedelta(minutes=1)) == 0
    assert left_over.read_left_over(FRIDAY + timedelta(minutes=3)) == 1
    assert left_over.read_left_over(FRIDAY + timedelta(minutes=4)) == 0
    keep(cast, body)
    left_over.read_left_over(FRIDAY + timedelta(minutes=9))
    with acting(cast):
        [case] = Case.objects.all()
        assert case.received_at == FRIDAY
        assert case.language == "es"
        assert {raw.case_id for raw in RawMessage.objects.all()} == {case.pk}


def test_what_was_meant_for_the_ombudsman_goes_there_and_the_company_sees_nothing(
    cast: Cast,
) -> None:
    the_office(cast)
    fields = {
        "kind": b"complaint", "text": b"They read my letters.", "name": b"Mar",
        "token": str(new_token()).encode(),
    }  # fmt: skip
    body = posted(*((name, None, value) for name, value in fields.items()))
    for _twice in range(2):
        keep(cast, body, what=left_over.FIRST_HAND, seats=OFFICE_FILE)
        assert left_over.read_left_over(FRIDAY + timedelta(minutes=3)) == 1
    with acting(cast):
        [file] = Case.objects.all()
        assert file.is_of_the_office
        assert {raw.case_id for raw in RawMessage.objects.all()} == {file.pk}
    for account in (cast.bruno, cast.carla, cast.gia):
        with viewing(viewer_of(account)):
            assert not Case.objects.exists()
            assert not RawMessage.objects.exists()


def test_what_is_left_over_and_incomplete_waits_for_somebody(cast: Cast) -> None:
    keep(cast, answers(str(new_token()), narrative=b""))
    keep(cast, b"garbage")
    left_over.read_left_over(FRIDAY + timedelta(minutes=3))
    with acting(cast):
        assert not Case.objects.exists()
        troubles = set(RawMessage.objects.values_list("state", "trouble"))
    assert troubles == {("held", "incomplete"), ("held", "unreadable")}


def test_what_nobody_comes_back_to_is_removed(cast: Cast) -> None:
    body = posted(("step", None, b"review"), ("file", "bill.pdf", b"bill of October"))
    kept = keep(cast, body)
    post = read_post(kept.arrived.content, TYPE)
    token = held.hold(cast.besos.pk, post, kept.raw_id, new_token(), at=FRIDAY)
    sha256 = HeldFile.objects.get().sha256
    assert store.read(sha256) == b"bill of October"
    assert held.forget_expired(FRIDAY + timedelta(days=1)) == 0
    assert held.forget_expired(FRIDAY + timedelta(days=3)) == 1
    assert not HeldSubmission.objects.exists()
    assert not store.path_of(sha256).exists()
    assert held.held_of(cast.besos.pk, token, at=FRIDAY) is None
    with acting(cast):
        assert not RawMessage.objects.exists()


def test_something_else_is_understood_where_the_house_has_a_matter_for_it(cast: Cast) -> None:
    cast.besos.categories.create(
        key="other", name={"en": "Something else"}, is_public=True, valid_from=FRIDAY.date()
    )
    house = house_rules(cast.besos.pk, number=-1)  # As it is now, kept from before or not.
    form = ComplaintForm(house, MultiValueDict({"category": ["other"]}), on=FRIDAY.date())
    assert "category" not in form.errors
    assert [value for value, _name in form.fields["category"].choices].count("other") == 0  # type: ignore[attr-defined]
    nonsense = ComplaintForm(house, MultiValueDict({"category": ["nonsense"]}), on=FRIDAY.date())
    assert "category" in nonsense.errors
