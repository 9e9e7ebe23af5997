"""``valedor verify FILE``: by anybody, anywhere, without an installation."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from valedor.casefile.paper.typeset import typeset
from valedor.foundation.pdf_seal.certificates import demonstration
from valedor.foundation.pdf_seal.sealing import sealed

NOW = datetime.now(UTC)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    values = {"title": "Papel", "foot": "", "entity": "Besòs", "pages": 1, "squares": ["1"],
              "lines": ["Uno"]}  # fmt: skip
    pages = typeset("separator", values, "es", at=NOW)
    made = sealed(pages, demonstration(tmp_path / "seal.pem", at=NOW), at=NOW, reason="test")
    path = tmp_path / "paper.pdf"
    path.write_bytes(made)
    return path


def verified(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    """The command in a process that knows no installation: its home can neither be read nor
    made, and no database answers.
    """
    elsewhere = {
        "PATH": os.environ["PATH"],
        "VALEDOR_HOME": "/proc/nowhere",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
    }
    return subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", "verify", *map(str, words)],
        env=elsewhere, text=True, capture_output=True,
    )  # fmt: skip


def test_a_paper_that_holds_is_said_to(paper: Path) -> None:
    done = verified(paper)
    assert done.returncode == 0, done.stderr
    assert "nothing broken" in done.stdout
    assert "certificate for demonstration" in done.stdout


def test_a_paper_that_was_changed_is_said_to_be(paper: Path) -> None:
    content = bytearray(paper.read_bytes())
    content[len(content) // 3] ^= 1
    paper.write_bytes(content)
    done = verified(paper)
    assert done.returncode == 1
    assert f"{paper}: The" in done.stdout


def test_programs_get_an_object(paper: Path) -> None:
    told = json.loads(verified(paper, "--json").stdout)
    assert (told["holds"], told["files"], told["broken"]) == (True, 0, [])
    assert told["seal"]["is_demonstration"] is True
    assert told["file"] == str(paper)


def test_what_is_no_paper_gets_a_sentence(tmp_path: Path, paper: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    for words, code, said in (
        ([tmp_path / "note.txt"], 1, "is not a PDF"),
        ([tmp_path / "gone.pdf"], 2, "cannot be read"),
        ([paper, "2026-004182-P"], 2, "verified apart"),
    ):
        done = verified(*words)
        assert done.returncode == code
        assert said in done.stderr
        assert "hint: " in done.stderr
        assert "Traceback" not in done.stderr
