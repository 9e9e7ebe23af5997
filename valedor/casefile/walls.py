"""Row policies: the walls that hold when a query is wrong.

Every table of case rows lets the application's login see a row only where the viewer of the
current transaction (``casefile.viewing``) looks after the row's entity, or is shown this one
case, and sits on one of the row's seats. Without a viewer nothing is visible and nothing can be
written.

Files of the ombudsman's office are cases whose ids lie below zero, and neither the company nor an
outside body, nor therefore an auditor, has a seat in any row of them. So each table can refuse by
itself, without asking another one, what would show them something of the office, whoever writes it
and however wrong they are (docs/decisions/0008-a-file-of-the-office.md).
"""

from django.db import migrations

OFFICE = "CHECK ({case} > 0 OR (seats & 10) = 0)"
VIEWER = """
    (
        {entity} = ANY ((
            SELECT NULLIF(current_setting('valedor.entities', true), '')::bigint[]
        )::bigint[])
        OR {case} = (SELECT NULLIF(current_setting('valedor.case', true), '')::bigint)
    )
    AND (seats & (SELECT NULLIF(current_setting('valedor.seats', true), '')::integer)) <> 0
"""


class WallOff(migrations.RunSQL):
    """A migration step that puts a table behind the wall."""

    def __init__(self, table: str, *, case: str = "case_id", entity: str = "entity_id") -> None:
        seen = VIEWER.format(entity=entity, case=case)
        super().__init__(
            f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY {table}_wall ON {table} USING ({seen}) WITH CHECK ({seen});
            ALTER TABLE {table} ADD CONSTRAINT {table}_office {OFFICE.format(case=case)};
            """,
            f"""
            ALTER TABLE {table} DROP CONSTRAINT {table}_office;
            DROP POLICY {table}_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
            """,
        )


class Finalise(migrations.RunSQL):
    """A migration step after which a table's rows can be neither changed nor removed, by either
    login.
    """

    def __init__(self, table: str) -> None:
        super().__init__(
            f"""
            CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION valedor_refuse_change();
            """,
            f"DROP TRIGGER {table}_final ON {table};",
        )


_TEAMS = "NULLIF(current_setting('valedor.teams', true), '')"
OWN_OPEN_CASES = f"""
    (SELECT {_TEAMS}) IS NULL
    OR (closed_at IS NULL AND team_id = ANY ((SELECT {_TEAMS}::bigint[])::bigint[]))
"""
OF_A_CASE_SEEN = f"""
    (SELECT {_TEAMS}) IS NULL
    OR EXISTS (SELECT FROM casefile_case WHERE casefile_case.id = {{table}}.case_id)
"""  # noqa: S608 -- the name of a table of ours


class OwnTeamsOnly(migrations.RunSQL):
    """A migration step that shows people of another house no row but those of the open cases of
    their teams (``Viewer.only_teams``), whatever the wall lets through; nobody else is touched.
    """

    def __init__(self, table: str, *, seen: str = OF_A_CASE_SEEN) -> None:
        condition = seen.format(table=table)
        super().__init__(
            f"CREATE POLICY {table}_own_teams ON {table} AS RESTRICTIVE USING ({condition});",
            f"DROP POLICY {table}_own_teams ON {table};",
        )
