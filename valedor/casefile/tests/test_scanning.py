"""Documents are looked through by a real scanner, and what is harmful is kept from everybody."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import clamd
from tests.clamd import HARMFUL, NAME, Scanner
from valedor.casefile import documents
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.checkup import documents as asked
from valedor.casefile.models import Case, Document, Entry
from valedor.casefile.scanning import AGAIN, scan_waiting
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.clamd import Clamd, NotScanned, Unreachable
from valedor.foundation.environment import BadSetting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scanner() -> Iterator[Scanner]:
    with clamd.running(largest="1M") as scanner:
        yield scanner


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.DOCUMENTS = tmp_path / "documents"


def a_document(case: Case, name: str, content: bytes) -> Document:
    kept = documents.keep_file(name, [content])
    with viewing(the_house()):
        return documents.add_document(
            case, kept, side=Document.Side.COMPLAINANT, by=COMPLAINANT, at=NOON
        )


def scan_of(document: Document) -> tuple[str, str]:
    with viewing(the_house()):
        document.refresh_from_db()
    return document.scan, document.found


def test_the_daemon_is_asked_over_both_kinds_of_address(scanner: Scanner) -> None:
    for url in (scanner.tcp, scanner.unix):
        daemon = Clamd.at(url)
        daemon.greet()
        assert daemon.found_in([b"A bill.", b"", b" Two charges."]) == ""
        assert daemon.found_in([HARMFUL[:9], HARMFUL[9:]]) == NAME
        with pytest.raises(NotScanned, match=r"size limit|StreamMaxLength"):
            daemon.found_in([b"x" * 2**20] * 4)


@pytest.mark.parametrize("url", ["clamd", "http://host:1", "tcp://", "unix://x", "tcp://h:port"])
def test_an_address_that_is_none_is_told_with_what_to_write(url: str) -> None:
    with pytest.raises(BadSetting, match=r"tcp://host:3310 or unix:///run"):
        Clamd.at(url)


def test_what_is_harmful_is_kept_and_nobody_saves_it(scanner: Scanner, settings: Any) -> None:
    settings.CLAMD_URL = scanner.unix
    case = builders.a_case(builders.an_entity())
    bill, trap = a_document(case, "bill.txt", b"A bill."), a_document(case, "x.exe", HARMFUL)
    assert scan_waiting(now=lambda: NOON) == 2
    assert (scan_of(bill), scan_of(trap)) == (("clean", ""), ("infected", NAME))
    assert documents.download_response(bill).status_code == 200
    refused = documents.download_response(trap)
    assert refused.status_code == 403
    assert HARMFUL not in refused.content
    assert documents.is_on_disk(trap)
    with viewing(the_house()):
        (line,) = Entry.objects.filter(case=case, kind="document.quarantined")
        assert line.content.details["name"] == "x.exe"
    assert scan_waiting(now=lambda: NOON) == 0
    assert not verify().broken


def test_where_the_daemon_does_not_answer_documents_wait(scanner: Scanner, settings: Any) -> None:
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    document = a_document(builders.a_case(builders.an_entity()), "x.exe", HARMFUL)
    assert scan_waiting(now=lambda: NOON) == 0
    assert scan_of(document) == ("unscanned", "")
    (finding,) = asked()
    assert "1 documents wait" in finding.sentence
    assert finding.to_do
    with pytest.raises(Unreachable):
        Clamd.at(settings.CLAMD_URL).greet()
    settings.CLAMD_URL = scanner.tcp
    assert scan_waiting(now=lambda: NOON) == 1
    assert [one.is_fine for one in asked()] == [True, True]


def test_what_the_daemon_does_not_take_is_tried_again_later(
    scanner: Scanner, settings: Any
) -> None:
    settings.CLAMD_URL = scanner.tcp
    document = a_document(builders.a_case(builders.an_entity()), "film.mov", b"x" * 3 * 2**20)
    assert scan_waiting(now=lambda: NOON) == 1
    state, said = scan_of(document)
    assert state == "unscanned"
    assert said
    assert scan_waiting(now=lambda: NOON + AGAIN / 2) == 0
    assert scan_waiting(now=lambda: NOON + AGAIN + timedelta(seconds=1)) == 1


def test_without_a_scanner_nothing_waits(settings: Any) -> None:
    settings.CLAMD_URL = ""
    a_document(builders.a_case(builders.an_entity()), "x.exe", HARMFUL)
    assert scan_waiting(now=lambda: NOON) == 0
    assert all(finding.is_fine for finding in asked())
