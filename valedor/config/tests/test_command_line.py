"""``valedor COMMAND``: what it says when it is not understood."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from valedor.config import command_line


def valedor(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", *words],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "valedor.config.settings", **settings},
    )


def test_lists_every_command_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name in command_line.names():
        told = next(line for line in lines if line.startswith(f"  {name} "))
        assert len(told.split(maxsplit=1)[1]) > 10


def test_every_command_says_what_it_needs() -> None:
    for name in command_line.names():
        module = command_line._module(name)
        assert module.NEEDS in {"nothing", "django", "database", "owner"}, name


def test_an_unknown_command_gets_the_nearest_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["migrat"]) == 2
    told = capsys.readouterr().err
    assert told == "There is no command migrat.\nhint: valedor migrate\n"


def test_with_json_the_error_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["chek", "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error == {
        "code": "unknown_command",
        "message": "There is no command chek.",
        "hint": "valedor check",
    }


def test_an_unknown_option_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["migrate", "--qiet"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "hint: valedor migrate --help"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PORT": "many"}, "PORT is 'many': write a whole number."),
        ({"DATABASE_URL": "post:gres"}, "DATABASE_URL cannot be read"),
        ({"DEMO": "1", "HOST": "0.0.0.0"}, "a demonstration is served on this machine only"),  # noqa: S104
        ({"DEMO": "perhaps"}, "DEMO is 'perhaps': write 1 or 0."),
        ({"VALEDOR_SETTINGS": "/nowhere"}, "VALEDOR_SETTINGS names /nowhere"),
    ],
)
def test_a_wrong_setting_gets_a_sentence(settings: dict[str, str], sentence: str) -> None:
    done = valedor("prepare-files", **settings)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "hint: " in done.stderr


def test_the_owner_is_needed_to_migrate() -> None:
    done = valedor("migrate", DATABASE_URL="postgresql://app@localhost/valedor")
    assert done.returncode == 2
    assert "DATABASE_OWNER_URL" in done.stderr


def test_a_database_that_does_not_answer_gets_a_sentence(tmp_path: Path) -> None:
    done = valedor("check", DATABASE_URL=f"postgresql://app@/valedor?host={tmp_path}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_check_tells_a_missing_database_once(tmp_path: Path) -> None:
    done = valedor("check", DATABASE_URL=f"postgresql://app@/valedor?host={tmp_path}")
    told = [line for line in done.stdout.splitlines() if "does not answer" in line]
    assert len(told) == 1
    assert "calendars" in done.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["configure", "/nowhere.toml"], 2),
        (["backup", "/nowhere/backup"], 2),
        (["erase-again", "/nowhere"], 2),
    ],
)
def test_a_missing_file_gets_a_sentence_and_a_hint(
    words: list[str], code: int, committed_database: str
) -> None:
    from tests.ground import command

    done = command(*words, database=committed_database)
    assert done.returncode == code
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert "Errno" not in done.stderr


def test_a_full_disk_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def full(_words: list[str]) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/valedor/home/mail")

    told: list[str] = []
    monkeypatch.setattr(command_line, "_run", full)
    monkeypatch.setattr(command_line, "print", lambda text, **_to: told.append(text), raising=False)
    assert command_line.main(["worker"]) == 1
    assert told == [
        "/srv/valedor/home/mail cannot be used: No space left on device.",
        "hint: df -h /srv/valedor/home/mail",
    ]
