"""Letters that come in as scans: kept first, parted at separators, read, and never lost."""

import io
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from valedor.casefile.actors import SYSTEM
from valedor.casefile.arrivals import content_of
from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import tasks
from valedor.channels.checkup import scanned_letters
from valedor.channels.email import arriving, inbound
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.email.arriving import Arrived
from valedor.channels.post import reading, scanning
from valedor.channels.post.models import Scan
from valedor.channels.tests.post_room import FILED_AT, a_case, a_house
from valedor.channels.tests.scan_room import (
    SEPARATOR,
    a_flat_fax,
    a_jpeg,
    a_locked_pdf,
    a_pdf,
    a_tiff,
)
from valedor.people.models import Entity

pytestmark = pytest.mark.usefixtures("committed_database")
STAMPED_AT, SCANNED_AT = FILED_AT, FILED_AT + timedelta(days=3)
WORDS = (
    "Les escribo porque la factura de octubre es demasiado alta y nadie contesta al "
    "teléfono desde hace tres semanas."
)


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Entity:
    settings.DOCUMENTS = tmp_path
    return a_house()


def taken_in(house: Entity, content: bytes, name: str = "scan.pdf", **said: Any) -> Scan:
    with viewing(the_house()):
        scan = scanning.keep_scan(
            content,
            entity=house,
            name=name,
            media_type="application/pdf",
            channel="letter",
            received_at=STAMPED_AT,
            at=SCANNED_AT,
            **said,
        )
    assert scan is not None
    return scan


def opened(scan: Scan) -> Scan:
    scanning.open_scan(scan.pk, at=SCANNED_AT)
    with viewing(the_house()):
        return Scan.objects.select_related("raw").get(pk=scan.pk)


def test_the_stamp_on_the_paper_and_the_day_of_scanning_are_apart(house: Entity) -> None:
    scan = opened(taken_in(house, a_pdf("Uno.", "Dos.")))
    assert (scan.raw.received_at, scan.registered_at) == (STAMPED_AT, SCANNED_AT)
    assert (scan.raw.state, scan.raw.trouble, scan.pages) == ("held", scanning.WAITS, 2)


@pytest.mark.parametrize("make", [a_pdf, a_tiff])
def test_separators_part_a_stack_and_vanish(house: Entity, make: Any) -> None:
    stack = make("Uno.", "Uno, detrás.", SEPARATOR, SEPARATOR, "Dos.", SEPARATOR, "Tres.")
    scan = opened(taken_in(house, stack, "stack.pdf"))
    assert (scan.raw.state, scan.parted_at) == ("registered", SCANNED_AT)
    with viewing(the_house()):
        assert content_of(scan.raw) == stack, "the stack stays as it came"
        letters = list(scan.letters.select_related("raw").order_by("first_page"))
        assert [(one.first_page, one.pages) for one in letters] == [(1, 2), (5, 1), (7, 1)]
        assert {one.raw.received_at for one in letters} == {STAMPED_AT}
        for one in letters:
            with pikepdf.open(io.BytesIO(content_of(one.raw))) as pdf:
                assert len(pdf.pages) == one.pages
    assert scanning.open_scan(scan.pk, at=SCANNED_AT) == 0, "twice does no harm"


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "scan no_pages"),
        (b"%PDF-1.7\nnothing", "scan broken"),
        (b"Not a scan at all, only words.", "scan no_scan"),
        (a_locked_pdf(), "scan encrypted"),
    ],
)
def test_what_cannot_be_opened_waits_by_name_with_its_bytes(
    house: Entity, content: bytes, trouble: str
) -> None:
    scan = opened(taken_in(house, content))
    assert (scan.raw.state, scan.raw.trouble, scan.pages) == ("held", trouble, None)
    assert content_of(scan.raw) == content


def test_a_scan_over_the_limit_is_kept_and_not_opened(house: Entity, settings: Any) -> None:
    settings.SCAN_LIMIT = 4096
    content = a_jpeg(WORDS)
    scan = opened(taken_in(house, content))
    assert scan.raw.trouble == "scan too_large"
    assert content_of(scan.raw) == content


def test_nothing_but_separators_is_said_to_be_that(house: Entity) -> None:
    assert opened(taken_in(house, a_pdf(SEPARATOR))).raw.trouble == "scan only_separators"


def test_the_same_file_is_taken_in_once(house: Entity) -> None:
    taken_in(house, a_jpeg("Uno."), token="one")
    with viewing(the_house()):
        again = scanning.keep_scan(
            a_jpeg("Uno."), entity=house, name="x", media_type="image/jpeg", channel="letter",
            received_at=STAMPED_AT, at=SCANNED_AT, token="one",
        )  # fmt: skip
    assert again is None


# ------------------------------------------------------------------ reading
@pytest.mark.parametrize("make", [a_pdf, a_tiff, a_jpeg, a_flat_fax])
def test_a_program_reads_what_a_letter_says(house: Entity, make: Any) -> None:
    scan = opened(taken_in(house, make(WORDS)))
    assert reading.read_scan(scan.pk) == Scan.Reading.DONE
    with viewing(the_house()):
        scan = Scan.objects.get(pk=scan.pk)
    assert "factura de octubre" in " ".join(scan.text.split())
    assert scan.certainty is not None
    assert scan.certainty > reading.UNSURE
    assert reading.read_scan(scan.pk) is None, "it has been read"


def test_words_that_the_file_has_itself_are_taken(house: Entity) -> None:
    from valedor.casefile.paper.typeset import typeset

    values = {
        "title": "Reclamación", "foot": "", "entity": "", "sender": "", "recipient": "",
        "address": "", "place_and_day": "", "body": WORDS, "enclosures": [], "words": {},
    }  # fmt: skip
    scan = opened(taken_in(house, typeset("letter", values, "es", at=FILED_AT)))
    reading.read_scan(scan.pk)
    with viewing(the_house()):
        scan = Scan.objects.get(pk=scan.pk)
    assert "factura de octubre" in " ".join(scan.text.split())
    assert scan.certainty is None


def test_without_the_program_the_letter_is_shown_and_says_so(house: Entity, settings: Any) -> None:
    settings.TESSERACT = "no-such-program"
    scan = opened(taken_in(house, a_jpeg(WORDS)))
    assert reading.read_scan(scan.pk) == Scan.Reading.NO_PROGRAM
    with viewing(the_house()):
        assert RawMessage.objects.get(pk=scan.pk).state == "held"
    (finding,) = scanned_letters()
    assert finding.sentence == "Tesseract is not installed: 1 scanned letters were not read."
    assert "tesseract-ocr-cat" in finding.to_do


def test_a_table_of_words_becomes_lines_and_paragraphs() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf"
    rows = [
        "4\t1\t1\t1\t1\t0\t0\t0\t1\t1\t-1\t",
        "5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t90\tOne",
        "5\t1\t1\t1\t1\t2\t0\t0\t1\t1\t90\ttwo",
        '5\t1\t1\t1\t2\t1\t0\t0\t1\t1\t30\t"six',
        "5\t1\t2\t1\t1\t1\t0\t0\t1\t1\t90\tten",
    ]
    text, certainty, letters = reading.text_of_table("\n".join([f"{head}\ttext", *rows]))
    assert text == 'One two\n"six\n\nten'
    assert (letters, round(certainty)) == (13, 72)


# ------------------------------------------------------------------ afterwards
def test_a_stack_is_removed_once_its_letters_are_seen_to(house: Entity) -> None:
    stack = opened(taken_in(house, a_tiff("Uno.", SEPARATOR, "Dos.")))
    later = SCANNED_AT + scanning.KEPT_FOR + timedelta(days=1)
    assert scanning.forget_old_stacks(later) == 0, "its letters wait"
    with viewing(the_house()):
        RawMessage.objects.filter(paper__stack=stack.pk).update(state=RawMessage.State.SET_ASIDE)
    assert scanning.forget_old_stacks(SCANNED_AT + timedelta(days=1)) == 0, "it is too young"
    assert scanning.forget_old_stacks(later) == 1
    with viewing(the_house()):
        raw = RawMessage.objects.get(pk=stack.pk)
        assert (raw.state, raw.content, raw.stored_as) == ("erased", None, "")


def test_a_stack_goes_with_the_erasure_of_a_case_that_a_letter_of_it_went_into(
    house: Entity,
) -> None:
    stack = opened(taken_in(house, a_tiff("Uno.", SEPARATOR, "Dos.")))
    case = a_case(house).case
    with viewing(the_house()):
        one, other = stack.letters.select_related("raw").order_by("first_page")
        scanning.belongs_to(one.raw, case, by=SYSTEM, at=SCANNED_AT)
    tasks.forget_stack_of(case_id=case.pk, entry_id=0)
    with viewing(the_house()):
        assert RawMessage.objects.get(pk=stack.pk).content is None
        assert content_of(RawMessage.objects.get(pk=other.pk)), "the others keep theirs"


# ------------------------------------------------------------------ faxes
def faxed(house: Entity, *enclosed: tuple[str, str, bytes], times: int = 1) -> RawMessage:
    box = set_mailbox(
        house, "fax", address="fax@besos.example", is_fax=True, by=None, at=STAMPED_AT
    )
    mails = []
    for number in range(times):
        mail = EmailMessage()
        mail["From"], mail["To"] = "gateway@fax.example", box.address
        mail["Subject"] = "Fax from +34 933 100 200"
        mail["Message-ID"] = f"<{number}@fax.example>"
        mail.set_content("See the enclosed fax.")
        for name, kind, content in enclosed:
            major, minor = kind.split("/")
            mail.add_attachment(content, maintype=major, subtype=minor, filename=name)
        mails.append(Arrived(mail.as_bytes(), {}))
    arriving.keep(box, mails, at=STAMPED_AT)
    inbound.read_waiting(box, now=lambda: SCANNED_AT)
    with viewing(the_house()):
        return RawMessage.objects.filter(media_type="message/rfc822").latest("pk")


def test_a_fax_that_comes_as_a_mail_is_a_letter_and_nobody_is_answered(house: Entity) -> None:
    fax = a_flat_fax(WORDS)
    raw = faxed(
        house, ("fax.tif", "application/octet-stream", fax), ("logo.txt", "text/plain", b"x")
    )
    with viewing(the_house()):
        (letter,) = Scan.objects.select_related("raw").filter(stack=raw.pk)
        assert (letter.raw.channel, letter.raw.received_at) == ("fax", STAMPED_AT)
        assert content_of(letter.raw) == fax
        assert not Case.objects.exists()
        assert not Letter.objects.exists()
    assert opened(letter).pages == 1
    assert raw.state == "registered"


def test_a_mail_to_the_fax_mailbox_without_pages_waits(house: Entity) -> None:
    raw = faxed(house)
    assert (raw.state, raw.trouble) == ("held", "no fax in it")


def test_faxes_that_come_in_a_burst_are_letters_too(house: Entity) -> None:
    faxed(house, ("fax.tif", "image/tiff", a_flat_fax(WORDS)), times=3)
    with viewing(the_house()):
        assert Scan.objects.exclude(stack=None).count() == 3
        assert not Case.objects.exists()
