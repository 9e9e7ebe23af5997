"""The walls hold when a query is wrong: policies, finality, and no viewer no row."""

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.contrib.postgres.fields import RangeField
from django.db import DatabaseError, connection, models, transaction

from tests import server
from valedor.casefile.models import Case, CaseRow, Entry, ReadEntry
from valedor.casefile.reads import chain_reads, note_read
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.viewing import NOBODY, complainant_of, the_house, viewer_of, viewing
from valedor.config.embedded import addresses
from valedor.people.administration import record_change

WITHOUT_POLICY = {
    "casefile_searchtext": "under a policy the word index is not used; read joined to cases only",
}
FINAL = [
    "casefile_entry",
    "casefile_entrycontent",
    "casefile_readentry",
    "casefile_readlink",
    "channels_callevent",
    "channels_recordingconsent",
    "people_administrationentry",
]


def _walled_models() -> list[type[models.Model]]:
    """Every model of rows that belong to a case, made from ``CaseRow`` or not."""
    return [
        model
        for model in apps.get_models()
        if model is Case
        or issubclass(model, CaseRow)
        or {"case", "seats"} <= {field.name for field in model._meta.concrete_fields}
    ]


def _tables() -> list[str]:
    return sorted(model._meta.db_table for model in _walled_models())


@pytest.mark.django_db
def test_every_table_of_case_rows_has_a_policy_that_is_in_force() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies JOIN pg_class ON relname = tablename "
            "WHERE relrowsecurity AND cmd = 'ALL' AND permissive = 'PERMISSIVE' "
            "AND qual IS NOT NULL AND with_check IS NOT NULL"
        )
        protected = {row[0] for row in cursor.fetchall()}
    assert set(_tables()) - protected == set()
    assert not protected & set(WITHOUT_POLICY)


@pytest.mark.django_db
def test_tables_that_name_a_case_are_walled_or_say_why_not() -> None:
    """A table with a case in it and neither policy nor seats is read by whoever gets its name
    right.
    """
    naming = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Case
    }
    assert naming - set(_tables()) - set(WITHOUT_POLICY) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("model", _walled_models(), ids=lambda model: model._meta.label)
def test_without_a_viewer_nothing_is_visible_and_nothing_is_written(
    model: type[models.Model],
) -> None:
    builders.a_case(builders.an_entity())
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        assert cursor.fetchone()[0] == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        _insert_anything(model)


def _insert_anything(model: type[models.Model]) -> None:
    """A row of any model: the policy is asked before constraints are."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        values.append(_anything(field))
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({marks})',  # noqa: S608
            values,
        )


def _anything(field: Any) -> Any:
    kind = field
    while kind.is_relation:
        kind = kind.target_field
    if isinstance(kind, models.DateTimeField):
        return NOON
    if isinstance(kind, models.DateField):
        return NOON.date()
    if isinstance(kind, models.BooleanField):
        return False
    if isinstance(kind, models.IntegerField | models.AutoField | models.DecimalField):
        return 1
    if isinstance(kind, models.JSONField):
        return "{}"
    if isinstance(kind, models.BinaryField):
        return b"x"
    if isinstance(kind, RangeField):
        return "[1,2)"
    return "{}" if hasattr(kind, "base_field") else "x"


@pytest.mark.django_db
def test_a_viewer_sees_their_entity_and_seat_and_nothing_else() -> None:
    besos, ipe = builders.an_entity(), builders.an_entity("ipe")
    case, foreign = builders.a_case(besos), builders.a_case(ipe)
    builders.move(case, stage="assessed")  # A line for the company alone.
    handler = builders.a_handler(builders.a_team(besos))
    with viewing(viewer_of(handler)):
        assert list(Case.objects.values_list("pk", flat=True)) == [case.pk]
        assert Entry.objects.count() == 2
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Entry(
                case=foreign, entity=ipe, sequence=9, kind="x", stage="x", actor="staff",
                at=NOON, recorded_at=NOON, hash=b"x",
            ).save(force_insert=True)  # fmt: skip
    with viewing(complainant_of(case.pk)):
        assert list(Case.objects.values_list("pk", flat=True)) == [case.pk]
        assert Entry.objects.count() == 1
    with viewing(complainant_of(foreign.pk)):
        assert not Entry.objects.filter(case=case).exists()


@pytest.mark.django_db
def test_the_wall_comes_back_when_an_inner_viewer_ends() -> None:
    case = builders.a_case(builders.an_entity())
    with viewing(NOBODY):
        with viewing(the_house()):
            assert Case.objects.filter(pk=case.pk).exists()
        assert not Case.objects.exists()
        with pytest.raises(ValueError, match="stop"), viewing(the_house()):
            raise ValueError("stop")
        assert not Case.objects.exists()


@pytest.mark.parametrize("login", ["application", "owner"])
@pytest.mark.parametrize("table", FINAL)
@pytest.mark.parametrize(
    "change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"]
)
def test_final_rows_refuse_every_change_to_both_logins(
    final_rows: str, login: str, table: str, change: str
) -> None:
    address = getattr(addresses, login)(server.HOME, final_rows)
    column = "sequence" if table.endswith(("link", "administrationentry")) else "id"
    with psycopg.connect(address) as connected:
        connected.execute(
            "SELECT set_config('valedor.seats', '15', false), set_config('valedor.entities', "
            "(SELECT array_agg(id)::text FROM people_entity), false)"
        )
        with pytest.raises(
            (psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)
        ):
            connected.execute(change.format(table, column))


@pytest.fixture
def final_rows(committed_database: str) -> str:
    case = builders.a_case(builders.an_entity())
    with viewing(the_house()):
        note_read(the_house(), case, "case", NOON)
        chain_reads()
        record_change(None, "test", "x", at=NOON)
        assert ReadEntry.objects.exists()
    return committed_database
