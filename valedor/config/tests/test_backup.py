"""Backups: what goes in comes out, and nothing else is taken for one."""

import io
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as some

from tests import server
from valedor.config.backup import archive, sealing
from valedor.config.backup.sealing import CHUNK, Broken, Opener, Sealer

PASSPHRASE = b"correct horse battery staple"


def sealed(text: bytes, passphrase: bytes = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    with closing(Sealer(target, passphrase)) as file:
        file.write(text)
    return target.getvalue()


def opened(text: bytes, passphrase: bytes = PASSPHRASE) -> bytes:
    return io.BufferedReader(Opener(io.BytesIO(text), passphrase)).read()


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_COST", (4, 8, 1))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens(size: int) -> None:
    assert opened(sealed(b"x" * size)) == b"x" * size


@given(some.data())
@settings(max_examples=60, deadline=None)
def test_one_changed_byte_is_noticed(data: some.DataObject) -> None:
    whole = bytearray(sealed(b"what somebody wrote" * 20))
    place = data.draw(some.integers(0, len(whole) - 1))
    # The first sixteen bytes are the name of the format, and the cost follows the salt.
    whole[place] ^= data.draw(some.integers(1, 255))
    with pytest.raises(Broken):
        opened(bytes(whole))


def test_another_passphrase_is_refused() -> None:
    with pytest.raises(Broken, match="passphrase is another"):
        opened(sealed(b"text"), b"another passphrase")


@pytest.mark.parametrize("left", [0, 20, 35, 38, 60, CHUNK + 61])
def test_a_file_that_was_cut_off_is_refused(left: int) -> None:
    with pytest.raises(Broken):
        opened(sealed(b"x" * (2 * CHUNK))[:left])


def test_a_dropped_chunk_is_noticed() -> None:
    whole = sealed(b"x" * (3 * CHUNK))
    frame = 5 + CHUNK + 16
    with pytest.raises(Broken):
        opened(whole[:35] + whole[35 + frame :])


def written(folder: Path, **parts: bytes) -> bytes:
    target = io.BytesIO()
    manifest = archive.Manifest(valedor="1", postgresql=180000, made_at="2026-11-22T08:00:00Z")
    paths = []
    for name, text in parts.items():
        (folder / name).write_bytes(text)
        paths.append((name.replace("__", "/").replace("_dot_", "."), folder / name))
    archive.write(target, paths, manifest)
    return target.getvalue()


def test_every_part_comes_back(tmp_path: Path) -> None:
    text = written(tmp_path, database_dot_dump=b"rows", documents__ab__abcd=b"a letter")
    archive.unpack(io.BytesIO(text), tmp_path / "back")
    assert (tmp_path / "back/documents/ab/abcd").read_bytes() == b"a letter"


def test_a_changed_document_is_noticed(tmp_path: Path) -> None:
    text = written(tmp_path, documents__ab__abcd=b"a letter")
    with pytest.raises(archive.NotABackup, match="documents/ab/abcd is not what"):
        archive.unpack(io.BytesIO(text.replace(b"a letter", b"a litter")), tmp_path / "back")


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "documents/../../x", "other/file"])
def test_a_part_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    file.seek(0)
    with pytest.raises(archive.NotABackup, match="does not belong"):
        archive.unpack(file, tmp_path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        entry = tarfile.TarInfo("keys/secret")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/shadow"
        tar.addfile(entry)
    file.seek(0)
    with pytest.raises(archive.NotABackup, match="is no file"):
        archive.unpack(file, tmp_path)


@pytest.mark.parametrize("text", [b"", b"no tar at all" * 100])
def test_another_file_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(archive.NotABackup):
        archive.unpack(io.BytesIO(text), tmp_path)


def test_a_backup_of_one_database_fills_another(committed_database: str, tmp_path: Path) -> None:
    from tests.ground import command

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_organisation (name, \"only\") VALUES ('Grup Besòs', true)"
        )
    passphrase = tmp_path / "passphrase"
    passphrase.write_bytes(PASSPHRASE)
    file = tmp_path / "backup"
    words = ("--passphrase-file", str(passphrase))
    made = command("backup", str(file), *words, database=committed_database)
    assert made.returncode == 0, made.stderr

    taken = command("restore", str(file), *words, database=committed_database)
    assert taken.returncode == 2
    assert "not empty" in taken.stderr

    with server.empty_database() as empty:
        home = tmp_path / "home"
        restored = command("restore", str(file), *words, database=empty, VALEDOR_HOME=str(home))
        assert restored.returncode == 0, restored.stderr
        connection.close()
        connection.settings_dict["NAME"] = empty
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM people_organisation")
            assert cursor.fetchall() == [("Grup Besòs",)]
        connection.close()
        connection.settings_dict["NAME"] = committed_database


def test_an_older_server_is_refused(committed_database: str) -> None:
    from valedor.config.commands import CommandFailed
    from valedor.config.commands.restore import _refuse_older_server

    newer = archive.Manifest(valedor="1", postgresql=990000, made_at="2026-11-22T08:00:00Z")
    with pytest.raises(CommandFailed, match="made with PostgreSQL 99"):
        _refuse_older_server(newer)
    older = archive.Manifest(valedor="1", postgresql=150000, made_at="2026-11-22T08:00:00Z")
    _refuse_older_server(older)
