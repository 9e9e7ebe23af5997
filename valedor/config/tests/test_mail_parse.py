"""``valedor mail-parse``: what is read of a message, for people and for programs."""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import HealthCheck, given, settings

from valedor.channels.email.reading import read
from valedor.channels.email.reading.tests.written import messages, spoiled
from valedor.config import command_line

MESSAGE = (
    "From: =?utf-8?Q?N=C3=BAria?= <nuria@cliente.example>\n"
    "To: atencio@aigues.example\n"
    "Subject: Factura\n"
    "Date: Mon, 3 Nov 2025 10:12:00 +0100\n"
    "Message-ID: <a@cliente.example>\n"
    "Content-Type: multipart/mixed; boundary=b\n\n"
    "--b\nContent-Type: text/plain; charset=utf-8\n\nEstà malament.\n"
    "\n--b\nContent-Type: application/pdf; name=factura.pdf\n\n%PDF\n--b--\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "message.eml"
    path.write_text(MESSAGE, "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert command_line.main(["mail-parse", *words]) == 0
    return capsys.readouterr().out


def test_one_file_is_an_object(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, str(file), "--json"))
    digest = "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027"
    assert found == {
        "from": {"name": "Núria", "address": "nuria@cliente.example"},
        "reply_to": [],
        "to": [{"name": "", "address": "atencio@aigues.example"}],
        "cc": [],
        "delivered_to": [],
        "return_path": None,
        "subject": "Factura",
        "date": "2025-11-03T10:12:00+01:00",
        "message_id": "<a@cliente.example>",
        "references": [],
        "language": None,
        "text": "Està malament.",
        "quoted": "",
        "html": None,
        "remote_loads_removed": 0,
        "attachments": [
            {
                "name": "factura.pdf",
                "type": "application/pdf",
                "size": 4,
                "sha256": digest,
                "inline": False,
                "content_id": None,
                "message": None,
            }
        ],
        "security": None,
        "automatic": None,
        "bounce": None,
        "disposition": None,
        "defects": [],
    }


def test_several_files_are_a_list(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, str(file), str(file), "--json"))
    assert [message["subject"] for message in found] == ["Factura", "Factura"]


def test_standard_input_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MESSAGE.encode())))
    assert json.loads(told(capsys, "-", "--json"))["text"] == "Està malament."


def test_people_get_a_text(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, str(file), str(file)).splitlines()
    assert lines[0] == f"=== {file} ==="
    assert "From:      Núria <nuria@cliente.example>" in lines
    assert "Està malament." in lines
    assert any(line.startswith("attached: factura.pdf (application/pdf, 4 bytes") for line in lines)


def test_a_malformed_message_is_told_with_its_defects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.eml"
    path.write_bytes(b"\xff\xfe\0broken")
    found = json.loads(told(capsys, str(path), "--json"))
    assert "The message has no headers." in found["defects"]
    assert "! The message has no headers." in told(capsys, str(path)).splitlines()


@pytest.mark.parametrize("name", ["nothing.eml", ".", "no\0name"])
def test_a_file_that_cannot_be_opened(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["mail-parse", f"{tmp_path}/{name}", "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "file_unreadable"
    assert "cannot be read" in said.err
    assert said.err.splitlines()[-1].startswith("hint: valedor mail-parse ")


def test_standard_input_can_be_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["mail-parse", "-", "-"]) == 2
    assert "Standard input can be read once." in capsys.readouterr().err


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(messages().flatmap(spoiled))
def test_whatever_a_message_became_what_is_said_of_it_is_json(content: bytes) -> None:
    with NamedTemporaryFile() as file, redirect_stdout(io.StringIO()) as said:
        Path(file.name).write_bytes(content)
        assert command_line.main(["mail-parse", file.name, "--json"]) == 0
    told = json.loads(said.getvalue())
    digests = [one["sha256"] for one in told["attachments"]]
    assert digests == [one.sha256 for one in read(content).attachments]
