"""Row policies: the walls that hold when a query is wrong.

Every table of case rows lets the application's login see a row only where the viewer of the
current transaction (``casefile.viewing``) looks after the row's entity, or is shown this one
case, and sits on one of the row's seats. Without a viewer nothing is visible and nothing can be
written.
"""

from django.db import migrations

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
            """,
            f"DROP POLICY {table}_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
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
