"""``valedor bodies`` as somebody types it."""

import argparse
from pathlib import Path

import pytest

from tests.cast import Cast, the_cast
from valedor.bodies.models import Body
from valedor.bodies.taking_in import SHIPPED
from valedor.config.commands import CommandFailed, bodies
from valedor.people.models import AdministrationEntry, Role

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return the_cast()


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    bodies.add_arguments(parser)
    return bodies.run(parser.parse_args(words))


def refused(*words: str) -> CommandFailed:
    with pytest.raises(CommandFailed) as failed:
        typed(*words)
    assert failed.value.exit_code == 2
    assert failed.value.hint
    return failed.value


def test_a_sample_is_checked_brought_in_and_written_out(
    cast: Cast, tmp_path: Path, capsys: Capture
) -> None:
    sample = str(SHIPPED / "es.toml")
    assert typed(sample, "--check") == 0
    assert capsys.readouterr().out.startswith("This would change:\n  bodies/agencia-catalana")
    assert not Body.objects.exists()
    admin = cast.join("admin", Role.ADMINISTRATOR)
    assert typed(sample, "--by", "admin") == 0
    assert capsys.readouterr().out.startswith("Changed:\n")
    line = AdministrationEntry.objects.latest("sequence")
    assert (line.act, line.by) == ("body.set", admin)
    for kind in ("toml", "csv"):
        assert typed("--export", kind) == 0
        file = tmp_path / f"bodies.{kind}"
        file.write_text(capsys.readouterr().out, "utf-8")
        assert typed(str(file)) == 0
        assert capsys.readouterr().out == "Everything is so already: nothing to change.\n"


def test_a_wrong_file_is_named_with_its_key_and_the_nearest_word(
    cast: Cast, tmp_path: Path
) -> None:
    wrong = tmp_path / "mine.toml"
    text = (SHIPPED / "br.toml").read_text("utf-8").replace('"procon"', '"procn"')
    wrong.write_text(text, "utf-8")
    message = refused(str(wrong)).message
    assert message.startswith("mine.toml: bodies[2].kind says “procn”, unknown here; the nearest")
    assert not Body.objects.exists()


def test_what_was_typed_wrongly_gets_a_sentence(cast: Cast, tmp_path: Path) -> None:
    assert refused().code == "usage"
    assert refused("a.toml", "--export", "csv").code == "usage"
    assert refused(str(tmp_path / "none.toml")).code == "file_unreadable"
    assert refused(str(SHIPPED / "es.toml"), "--by", "bruno").code == "not_administrator"
