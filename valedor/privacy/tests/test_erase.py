"""Erasing a case leaves lines and figures, and nothing that anybody wrote."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.postgres.fields import RangeField
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.test import TestCase

from valedor.casefile import letters, store, timeline
from valedor.casefile.actors import SYSTEM, staff
from valedor.casefile.models import Case, Document, Entry, EntryContent, Letter, RawMessage, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.ids import next_id
from valedor.foundation.personal import Goes
from valedor.foundation.refusals import Refused
from valedor.handling.models import Redress
from valedor.incidents.models import NoticeSent
from valedor.people.models import (
    ContactPoint,
    Contract,
    Mandate,
    Person,
    PersonMerge,
    PromotionConsent,
    Role,
)
from valedor.privacy.actions.erase import erase, erase_again
from valedor.privacy.actions.hold import lift_hold, place_hold
from valedor.privacy.columns import described_columns, described_in_vain, personal
from valedor.privacy.leavings import erasures_path, listed_erasures
from valedor.privacy.models import LegalHold

pytestmark = pytest.mark.django_db
CANARY = "canario7f3k"
LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.VALEDOR_HOME = tmp_path
    settings.DOCUMENTS = tmp_path / "documents"
    settings.KEPT_MAIL = tmp_path / "mail"


def test_every_telling_column_is_described() -> None:
    assert [column.name for column in described_columns() if column.said is None] == []


def test_nothing_is_described_that_does_not_exist() -> None:
    assert described_in_vain() == []


def _filled(model: type[models.Model], case: Case, known: dict[type, Any]) -> models.Model:
    """A row of any model made from case rows, with the canary in each of its personal columns."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key and not field.is_relation:
            if isinstance(field, models.BigIntegerField) and field.has_default():
                values[field.name] = next_id()
            continue
        if field.is_relation:
            target: Any = field.related_model
            if target not in known and hasattr(target, "case_id"):
                row = target._default_manager.filter(case=case).first()
                known |= {target: row} if row else {}
            if target is Case:
                values[field.name] = case if field.name == "case" else _another(case)
            elif target in known:
                values[field.name] = known[target]
            elif not field.null:
                known[target] = _filled(target, case, known)
                values[field.name] = known[target]
        elif isinstance(field, RangeField):
            values[field.name] = NumericRange(1, 2)
        elif not field.has_default() and not field.null and field.name not in values:
            values[field.name] = _some(field)
    values |= {"entity_id": case.entity_id} if hasattr(model, "entity_id") else {}
    values |= {
        column.field.name: _planted(column.field)
        for column in described_columns()
        if column.model is model
        and getattr(column.said, "goes", None) in {Goes.BLANK, Goes.ROW, Goes.PERSON}
        and not column.field.choices  # A closed word holds no canary; its row must be gone.
    }
    row = model(**values)
    known[model] = row
    row.save(force_insert=True)
    return row


def _another(case: Case) -> Case:
    """A case that stands beside one."""
    return builders.a_case(case.entity)


def _some(field: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return LATER if field.name.startswith(("ends", "expected")) else NOON  # After it began.
    if isinstance(field, models.DateField):
        return NOON.date()
    if isinstance(field, models.IntegerField):
        return 1
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BinaryField):
        return b""
    if field.choices:
        return field.choices[0][0]
    return "x"


def _planted(field: Any) -> Any:
    if isinstance(field, models.JSONField):
        return {"said": CANARY}
    if isinstance(field, models.BinaryField):
        return CANARY.encode()
    return CANARY[: field.max_length] if field.max_length else CANARY


def _planted_case() -> Case:
    entity = builders.an_entity()
    team = builders.a_team(entity)
    account = builders.a_handler(team)
    person = Person.objects.create(
        name=CANARY, identity_number=CANARY, place=CANARY, language="es", created_at=NOON
    )
    case = builders.a_case(entity, narrative=f"Se rompió: {CANARY}.", person=person)
    builders.a_document(case, f"%PDF-1.4 {CANARY}".encode(), name=f"{CANARY}.pdf")
    known: dict[type, Any] = {
        type(account): account,
        type(team): team,
        type(entity): entity,
        Person: person,
    }
    with viewing(the_house()):
        Case.objects.filter(pk=case.pk).update(
            subject=CANARY,
            remedy_sought=CANARY,
            contract_number=CANARY,
            access_code_digest=CANARY.encode(),
        )
        point = ContactPoint.objects.create(
            person=person, kind="email", value=CANARY, normalised=CANARY, created_at=NOON
        )
        Contract.objects.create(entity=entity, person=person, number=CANARY, product=CANARY)
        PromotionConsent.objects.create(
            entity=entity, person=person, channel="letter", occasion="own_wish", giver="person",
            words=CANARY, version="M-12", language="es", given_at=NOON, recorded_at=NOON,
        )  # fmt: skip
        other = Person.objects.create(name=CANARY, language="es", created_at=NOON)
        PersonMerge.objects.create(kept=person, absorbed=other, by=account, at=NOON, reason=CANARY)
        case.mandate = Mandate.objects.create(
            represented=person, representative=other, basis=CANARY, begins_on=NOON.date()
        )
        case.save(update_fields=["mandate"])
        big, _size = store.keep(f"{CANARY} a large mail".encode())
        RawMessage.objects.create(
            entity=entity, case=case, channel="email", media_type="x", stored_as=big,
            received_at=NOON, envelope={"from": CANARY}, trouble=CANARY, token=CANARY,
        )  # fmt: skip
        letter = letters.compose_letter(
            case, kind="receipt", subject=CANARY, body=CANARY, at=NOON, recipient=person,
            contact_point=point,
        )  # fmt: skip
        letter.state = Letter.State.ACCEPTED
        letter.save(force_insert=True)
        known[Letter] = letter
        for model in sorted(
            {column.model for column in personal(Goes.BLANK, Goes.ROW)}, key=lambda m: m.__name__
        ):
            names = {field.name for field in model._meta.concrete_fields}
            done = {Case, Document, EntryContent, RawMessage, *known}
            if "case" in names and model not in done and "Search" not in model.__name__:
                _filled(model, case, known)
        known[ContactPoint] = point
        _filled(NoticeSent, case, known)
        Redress.objects.update(carried_out_at=NOON)
        LegalHold.objects.update(lifted_at=NOON)
        case.refresh_from_db()
        timeline.record(
            case,
            builders.Said(channel="telephone", aside=CANARY),
            by=SYSTEM,
            at=NOON,
            body=f"Al oído: {CANARY}",
            seats=Seat.OMBUDSMAN,
        )
        case.refresh_from_db()
    mail = Path(settings.KEPT_MAIL)
    mail.mkdir(parents=True)
    (mail / f"20261120T120000-{letter.pk}.eml").write_text(f"To: {CANARY}")
    builders.close(case)
    return case


def _tables_that_hold(text: str) -> list[str]:
    found = []
    with connection.cursor() as cursor, viewing(the_house()):
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS r '  # noqa: S608
                "WHERE r::text ILIKE %s OR r::text ILIKE %s",
                [f"%{text}%", f"%{text.encode().hex()}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def _files_that_hold(text: str, folder: Path) -> Iterator[Path]:
    for root, _folders, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            if text in name or text.encode() in path.read_bytes():
                yield path


def test_a_canary_in_every_personal_column_is_nowhere_afterwards() -> None:
    case = _planted_case()
    planted = _tables_that_hold(CANARY)
    expected = {
        column.model._meta.db_table
        for column in personal(Goes.BLANK, Goes.ROW, Goes.PERSON)
        if not column.field.choices
    }
    words = {column.model for column in personal(Goes.ROW) if column.field.choices}
    assert expected - set(planted) == set()
    assert list(_files_that_hold(CANARY, Path(settings.VALEDOR_HOME)))

    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(case, by=SYSTEM, at=LATER, ground="request")

    assert _tables_that_hold(CANARY) == []
    with viewing(the_house()):
        assert [one for one in words if one._default_manager.filter(case=case).exists()] == []
    assert list(_files_that_hold(CANARY, Path(settings.VALEDOR_HOME))) == []
    assert listed_erasures(erasures_path()) == [case.reference]


def test_an_erased_case_still_verifies_and_keeps_its_lines() -> None:
    entity = builders.an_entity()
    case = builders.a_case(entity)
    document = builders.a_document(case)
    builders.close(case)
    with viewing(the_house()):
        entries = Entry.objects.filter(case=case).order_by("sequence")
        before = list(entries.values_list("hash", flat=True))
    with TestCase.captureOnCommitCallbacks(execute=True):
        entry = erase(case, by=SYSTEM, at=LATER)
    found = verify()
    assert found.broken == []
    assert (found.cases, found.erased, found.documents) == (1, 1, 1)
    assert entry.particulars["documents"] == 1
    assert not store.path_of(document.sha256).exists()
    with viewing(the_house()):
        after = list(Entry.objects.filter(case=case).order_by("sequence"))
        assert [bytes(line.hash) for line in after[:-1]] == [bytes(line) for line in before]
        assert not EntryContent.objects.filter(case=case).exists()


def test_bytes_stay_while_another_case_holds_them() -> None:
    entity = builders.an_entity()
    one, other = builders.a_case(entity), builders.a_case(entity)
    shared = builders.a_document(one, b"%PDF-1.4 the same")
    builders.a_document(other, b"%PDF-1.4 the same")
    for case in (one, other):
        builders.close(case)
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(one, by=SYSTEM, at=LATER)
    assert store.path_of(shared.sha256).exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(other, by=SYSTEM, at=LATER)
    assert not store.path_of(shared.sha256).exists()
    assert verify().broken == []


def test_a_person_stays_while_another_case_holds_them() -> None:
    entity = builders.an_entity()
    ana = Person.objects.create(name="Ana", language="es", created_at=NOON)
    one, other = builders.a_case(entity, person=ana), builders.a_case(entity, person=ana)
    for case in (one, other):
        builders.close(case)
    erase(one, by=SYSTEM, at=LATER)
    ana.refresh_from_db()
    assert ana.name == "Ana"
    erase(other, by=SYSTEM, at=LATER)
    ana.refresh_from_db()
    assert (ana.name, ana.erased_at) == ("", LATER)


def test_refuses_an_open_case_and_leaves_it_whole() -> None:
    case = builders.a_case(builders.an_entity())
    with pytest.raises(Refused) as refused:
        erase(case, by=SYSTEM, at=LATER)
    assert refused.value.code == "case_open"
    with viewing(the_house()):
        assert EntryContent.objects.filter(case=case).count() == 1
    assert not erasures_path().exists()


def test_refuses_while_a_legal_hold_keeps_it() -> None:
    entity = builders.an_entity()
    lead = builders.an_account("carla", Role.LEAD, builders.a_team(entity))
    case = builders.a_case(entity)
    builders.close(case)
    place_hold(case, by=lead, at=NOON, reason="Lawsuit 12/2026.")
    with pytest.raises(Refused) as refused:
        erase(case, by=staff(lead), at=LATER)
    assert refused.value.code == "legal_hold"
    with pytest.raises(Refused):
        place_hold(case, by=lead, at=NOON, reason="Again.")
    lift_hold(case, by=lead, at=NOON, reason="Settled.")
    erase(case, by=staff(lead), at=LATER)
    with pytest.raises(Refused) as refused:
        erase(case, by=staff(lead), at=LATER)
    assert refused.value.code == "already_erased"
    assert verify().broken == []


def test_refuses_while_promised_redress_is_not_carried_out() -> None:
    case = builders.a_case(builders.an_entity())
    builders.close(case)
    with viewing(the_house()):
        Redress.objects.create(
            case=case, entity_id=case.entity_id, at=NOON, kind="refund", state="accepted"
        )
    with pytest.raises(Refused) as refused:
        erase(case, by=SYSTEM, at=LATER)
    assert refused.value.code == "redress_pending"


def test_an_erasure_is_repeated_on_a_case_that_the_backup_still_had_open() -> None:
    case = builders.a_case(builders.an_entity())
    erase_again(case, by=SYSTEM, at=LATER)
    assert erase_again(case, by=SYSTEM, at=LATER) is None
    with viewing(the_house()):
        case.refresh_from_db()
    assert case.stage == Stage.CLOSED
    assert verify().broken == []
