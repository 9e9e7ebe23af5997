"""One changed byte anywhere is found, and the line is named."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import server
from valedor.casefile import heads, reads, store, timeline
from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Case, Deadline, Document, Entry, Instance
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.verification import Broken, verify
from valedor.casefile.viewing import NOBODY, the_house, viewing
from valedor.config.embedded import addresses
from valedor.foundation import chain
from valedor.people.administration import record_change


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.VALEDOR_HOME = tmp_path
    settings.DOCUMENTS = tmp_path / "documents"


@contextmanager
def _burglar(database: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who owns the server: no policy and no trigger stops them."""
    with psycopg.connect(addresses.superuser(server.HOME, database), autocommit=True) as burglar:
        burglar.execute("SET session_replication_role = replica")
        yield burglar


def _one_case() -> Case:
    entity = builders.an_entity()
    builders.an_entity("ipe")
    case = builders.a_case(entity)
    builders.move(case, stage="investigation")
    builders.a_document(case)
    return case


# What a burglar writes into each column of the second line.
_CHANGES = {
    "id": "id + 1000000",
    "case_id": "case_id",  # Below: it needs another case.
    "entity_id": "(SELECT max(id) FROM people_entity)",
    "seats": "seats # 1",
    "instance_id": "(SELECT min(id) FROM casefile_instance)",
    "sequence": "sequence + 7",
    "kind": "kind || 'x'",
    "particulars": """jsonb_set(particulars, '{channel}', '"desks"')""",
    "content_digest": "sha256('x')",
    "stage": "'assessed'",
    "holder_id": "(SELECT max(id) FROM people_account)",
    "actor": "'body'",
    "by_id": "(SELECT max(id) FROM people_account)",
    "at": "at + interval '1 microsecond'",
    "recorded_at": "recorded_at - interval '1 microsecond'",
    "hash": "set_byte(hash, 3, get_byte(hash, 3) # 1)",
}


def test_one_changed_byte_in_any_column_of_a_line_names_the_line(committed_database: str) -> None:
    case = _one_case()
    builders.a_handler(builders.a_team(case.entity))
    other = builders.a_case(case.entity)
    assert set(_CHANGES) == {field.column for field in Entry._meta.concrete_fields}
    assert verify().broken == []
    with _burglar(committed_database) as burglar:
        for column, change in _CHANGES.items():
            row = burglar.execute(
                "SELECT * FROM casefile_entry WHERE case_id = %s AND sequence = 2", [case.pk]
            ).fetchone()
            assert row is not None
            value = str(other.pk) if column == "case_id" else change
            burglar.execute(
                f"UPDATE casefile_entry SET {column} = {value} "  # noqa: S608
                "WHERE case_id = %s AND sequence = 2",
                [case.pk],
            )
            broken = verify().broken
            assert any(
                found.sequence == 2 and found.reference in {case.reference, other.reference}
                for found in broken
            ), (column, broken)
            burglar.execute(
                "DELETE FROM casefile_entry WHERE hash = %s OR id = %s", [row[-1], row[0]]
            )
            burglar.execute(
                "DELETE FROM casefile_entry WHERE (case_id = %s AND sequence IN (2, 9)) OR id = %s",
                [case.pk, row[0] + 1000000],
            )
            marks = ", ".join(["%s"] * len(row))
            plain = [psycopg.types.json.Jsonb(v) if isinstance(v, dict) else v for v in row]
            burglar.execute(f"INSERT INTO casefile_entry VALUES ({marks})", plain)  # noqa: S608
            assert verify().broken == [], column


def test_what_lies_beside_the_lines_is_compared_too(committed_database: str) -> None:
    case = _one_case()
    with viewing(the_house()):
        document = Document.objects.get(case=case)
    narrative = "UPDATE casefile_entrycontent SET "
    changes = [
        (narrative + "body = body || ' '", "Its personal part was changed."),
        (narrative + "details = '{\"a\": 1}'", "Its personal part was changed."),
        (narrative + "salt = sha256(salt)::bytea", "Its personal part was changed."),
        (narrative + "seats = 7", "Its personal part names another case, entity or seats."),
        ("DELETE FROM casefile_entrycontent", "Its personal part is missing and no erasure"),
        ("DELETE FROM casefile_entry WHERE sequence = 3", "The chain ends with line 2"),
        ("DELETE FROM casefile_entry WHERE sequence = 2", "Line 2 is missing; line 3 follows."),
        ("DELETE FROM casefile_entry", "The case has no lines."),
        ("UPDATE casefile_case SET stage = 'decided'", "The case is decided; its last line says"),
        ("UPDATE casefile_case SET holder_id = 7", "The case has another holder"),
        ("UPDATE casefile_case SET last_hash = sha256('x')", "The case names another hash"),
        ("UPDATE casefile_case SET erased_at = now()", "differ on whether it was erased"),
        ("UPDATE casefile_document SET sha256 = repeat('0', 64)", "The document's row was changed"),
        ("UPDATE casefile_document SET salted_digest = sha256('x')", "digest was changed"),
        ("UPDATE casefile_document SET size = 1", "another size"),
        ("UPDATE casefile_document SET erased_at = now()", "is marked as erased and no erasure"),
        ("DELETE FROM casefile_document", "The document of this line is gone."),
        ("DELETE FROM casefile_case", "The case of this line is gone."),
    ]
    with _burglar(committed_database) as burglar:
        for change, expected in changes:
            burglar.execute("CREATE SCHEMA kept")
            for table in ("case", "entry", "entrycontent", "document"):
                name = f"casefile_{table}"
                burglar.execute(f"CREATE TABLE kept.{name} AS TABLE {name}")
            burglar.execute(change)
            assert any(expected in found.what for found in verify().broken), change
            for table in ("case", "entry", "entrycontent", "document"):
                name = f"casefile_{table}"
                burglar.execute(f"DELETE FROM {name}")  # noqa: S608
                burglar.execute(f"INSERT INTO {name} TABLE kept.{name}")
            burglar.execute("DROP SCHEMA kept CASCADE")
        assert verify().broken == []
    path = store.path_of(document.sha256)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"!")
    assert verify().broken[0].what == "The document's bytes were changed."
    path.unlink()
    assert verify([case.reference]).broken == [
        Broken(case.reference, 3, "The document is missing from the disk.")
    ]


@pytest.mark.django_db
def test_a_limit_that_moved_without_a_line_is_found() -> None:
    case = builders.a_case(builders.an_entity())
    with viewing(the_house()):
        deadline = Deadline(
            case=case, entity=case.entity, instance=Instance.objects.get(case=case),
            regime="iso-10002", clock="reply", duty="respond", role="law", length=1, unit="hours",
            starts_at=NOON, due_at=NOON,
        )  # fmt: skip
        deadline.save(force_insert=True)
        assert "No line tells of the limit" in verify().broken[0].what
        told = {
            "deadline": deadline.pk,
            "clock": "iso-10002/reply",
            "state": "running",
            "due_on": None,
            "due_at": NOON.isoformat(),
        }

        entry, _content = timeline.compose(case, builders.Said(channel="x"), by=SYSTEM, at=NOON)
        entry.particulars = {"deadlines": [told]}
        case.last_sequence, case.last_hash = 1, Entry.objects.get(case=case).hash
        entry.hash = timeline.hash_of(entry, previous=bytes(case.last_hash))
        entry.content_digest, previous = None, bytes(case.last_hash)
        entry.hash = timeline.hash_of(entry, previous=previous)
        entry.save(force_insert=True)
        Case.objects.filter(pk=case.pk).update(last_sequence=2, last_hash=entry.hash)
        assert verify().broken == []
        Deadline.objects.update(due_at=NOON + timedelta(days=1))
        assert "has due_at 2026-11-21" in verify().broken[0].what


def _administered_and_read(case: Case) -> None:
    from valedor.people.models import RoleGrant

    account = RoleGrant.objects.first()
    record_change(account.account if account else None, "test", "x", None, {"a": 1}, "", at=NOON)
    record_change(None, "test", "y", {"a": 1}, None, "why", at=NOON)
    for _ in range(3):
        reads.note_read(the_house(), case, "case", NOON)
    assert reads.chain_reads() == 3
    assert reads.chain_reads() == 0


def test_the_chains_of_administration_and_reads_are_verified(committed_database: str) -> None:
    case = _one_case()
    with viewing(the_house()):
        _administered_and_read(case)
    assert verify().broken == []
    with _burglar(committed_database) as burglar:
        burglar.execute("UPDATE casefile_readentry SET what = 'nothing' WHERE id = "
                        "(SELECT max(id) FROM casefile_readentry)")  # fmt: skip
        assert [found[:2] for found in verify().broken] == [("reads", 3)]
        burglar.execute("DELETE FROM casefile_readlink WHERE sequence = 2")
        assert ("reads", 2) in [found[:2] for found in verify().broken]
        burglar.execute("UPDATE people_administrationentry SET subject = 'z' WHERE sequence = 1")
        assert ("administration", 1) in [found[:2] for found in verify().broken]


def _rewrite(burglar: psycopg.Connection[Any], case: Case) -> None:
    """Make every hash of a case anew after changing what was said, as one who has the program
    can.
    """
    with viewing(the_house()):
        burglar.execute(
            'UPDATE casefile_entry SET particulars = \'{"channel": "fax"}\' '
            "WHERE case_id = %s AND sequence = 2",
            [case.pk],
        )
        previous = chain.FIRST
        for entry in Entry.objects.filter(case=case).order_by("sequence"):
            previous = timeline.hash_of(entry, previous=previous)
            burglar.execute(
                "UPDATE casefile_entry SET hash = %s WHERE id = %s", [previous, entry.pk]
            )
        burglar.execute(
            "UPDATE casefile_case SET last_hash = %s WHERE id = %s", [previous, case.pk]
        )


def test_a_head_kept_elsewhere_finds_what_hashes_made_anew_hide(
    committed_database: str, tmp_path: Path
) -> None:
    case = _one_case()
    head = heads.sign_head(NOON)
    assert head is not None
    assert heads.sign_head(NOON) is None
    second = builders.a_case(case.entity)
    later = heads.sign_head(NOON + timedelta(days=1))
    assert later is not None
    assert (later.lines, later.previous) == (1, head.digest())
    key = heads.read_public_key(heads.public_key_path())
    assert list(heads.compare_with(later, key)) == []
    with _burglar(committed_database) as burglar:
        _rewrite(burglar, case)
        assert verify().broken == []
        assert [found[:2] for found in heads.compare_with(later, key)] == [(case.reference, 3)]
        burglar.execute("DELETE FROM casefile_entry WHERE case_id = %s", [second.pk])
        found = list(heads.compare_with(later, key))
        assert "shorter" in found[0].what
    lines = heads.folder() / head.covered
    lines.write_bytes(gzip.compress(b"case:1 1 00\n"))
    assert "were changed" in [found.what for found in heads.compare_with(later, key)][-2]
    lines.unlink()
    assert "are missing" in list(heads.compare_with(later, key))[-1].what
    first = heads.folder() / "000001.json"
    forged = json.loads(first.read_text()) | {"root": "00"}
    first.write_text(json.dumps(forged))
    assert "not this key's" in list(heads.compare_with(later, key))[-1].what
    with pytest.raises(heads.BadHead):
        list(heads.compare_with(heads.read_head(first), key))


@pytest.mark.django_db
def test_an_unknown_reference_is_said_and_nobody_sees_nothing() -> None:
    assert verify(["2026-000001-A"]).broken == [
        Broken("2026-000001-A", None, "There is no such case.")
    ]
    with viewing(NOBODY):
        assert not Case.objects.exists()
