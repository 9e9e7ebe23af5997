"""``valedor init`` and ``valedor configure`` as somebody types them, and the TOML written."""

import argparse
import tomllib
from pathlib import Path

import pytest

from valedor.config.commands import CommandFailed, configure, init
from valedor.config.configuration import exported, toml
from valedor.people.models import AdministrationEntry, Configuration, Entity

pytestmark = pytest.mark.django_db

WORDS = [
    "--organisation",
    "Besos",
    "--entity",
    "besos",
    "--country",
    "es",
    "--region",
    "ES-CT",
    "--languages",
    "ca,pt-BR",
    "--admin",
    "admin@besos.example",
]


def parsed(module: object, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args(words)


def initialised(*words: str) -> int:
    return init.run(parsed(init, *WORDS, *words))


def test_init_prints_one_link_and_then_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert initialised() == 0
    assert capsys.readouterr().out.count("/accounts/password/reset/key/") == 1
    assert Entity.objects.get().languages == ["ca", "pt-br"]
    before, number = AdministrationEntry.objects.count(), Configuration.objects.get().number
    with pytest.raises(CommandFailed) as failed:
        initialised()
    assert failed.value.exit_code == 2
    assert "nothing was changed" in failed.value.message
    assert AdministrationEntry.objects.count() == before
    assert Configuration.objects.get().number == number


@pytest.mark.parametrize(
    ("word", "value", "said"),
    [
        ("--entity", "desk", "address of the installation"),
        ("--country", "xx", "no country XX"),
        ("--region", "ES-CAT", "ES-CT"),
        ("--languages", "ca,fr", "no language fr"),
        ("--admin", "nobody", "no e-mail address"),
        ("--timezone", "Europe/Madri", "Europe/Madrid"),
    ],
)
def test_init_says_what_is_wrong_and_leaves_the_database_empty(
    word: str, value: str, said: str
) -> None:
    with pytest.raises(CommandFailed) as failed:
        initialised(word, value)
    assert failed.value.exit_code == 2
    assert said in failed.value.message
    assert not AdministrationEntry.objects.exists()


def test_configure_checks_changes_invites_and_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    initialised()
    capsys.readouterr()
    file = tmp_path / "settings.toml"
    file.write_text('[people.ana]\nname = "Ana"\n', "utf-8")
    before = AdministrationEntry.objects.count()
    configure.run(parsed(configure, str(file), "--check", "--invite"))
    shown = capsys.readouterr().out
    assert "This would change" in shown
    assert "http" not in shown
    assert AdministrationEntry.objects.count() == before

    configure.run(parsed(configure, str(file), "--by", "admin", "--invite"))
    shown = capsys.readouterr().out
    assert "ana: http" in shown
    line = AdministrationEntry.objects.order_by("sequence").last()
    assert line is not None
    assert line.by is not None
    assert line.by.username == "admin"

    configure.run(parsed(configure, "--export"))
    file.write_text(capsys.readouterr().out, "utf-8")
    configure.run(parsed(configure, str(file)))
    assert "nothing to change" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (None, (), "cannot be read"),
        (b"\xff\xfe", (), "UTF-8"),
        (b"[entities", (), "not well-formed"),
        (b"[people.ana]\nnmae = 'x'", (), "people.ana.nmae"),
        (b"", ("--by", "nobody"), "no administrator"),
        (b"", ("--export",), "Name a file"),
    ],
)
def test_configure_says_what_is_wrong(
    tmp_path: Path, content: bytes | None, words: tuple[str, ...], said: str
) -> None:
    initialised()
    before = exported()
    file = tmp_path / "settings.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandFailed) as failed:
        configure.run(parsed(configure, str(file), *words))
    assert failed.value.exit_code == 2
    assert said in failed.value.message
    assert exported() == before


@pytest.mark.parametrize(
    "text",
    ["", "a", 'say "so"', "back\\slash", "two\nlines\n", '"""\n"""', "tab\tbell\x07\ndel\x7f",
     "\r\nlines", "ç ñ ã · «»", "'''", "\n", "\\u0041\n", "\x85\u2028"],
)  # fmt: skip
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    written = toml.table(("a", "b c"), {"plain": text, "words": {"ca": text, "pt-BR": "x"}})
    listed = toml.table(("a", "list"), {"words": {"ca": text}}, is_listed=True)
    read = tomllib.loads(written + listed)
    assert read["a"]["b c"] == {"plain": text, "words": {"ca": text, "pt-BR": "x"}}
    assert read["a"]["list"] == [{"words": {"ca": text}}]
