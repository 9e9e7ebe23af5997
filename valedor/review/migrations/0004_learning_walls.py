"""What the office learns lies behind its wall; what it recommends is the house's; a report is the
office's until it is published, and anybody's and final from then on.
"""

from django.db import migrations

from valedor.casefile.walls import Finalise, OwnTeamsOnly, WallOff

_HERE = """
    entity_id = ANY ((
        SELECT NULLIF(current_setting('valedor.entities', true), '')::bigint[]
    )::bigint[])
"""
_OFFICE = "((SELECT NULLIF(current_setting('valedor.seats', true), '')::integer) & 4) <> 0"


def of_the_house(table: str) -> migrations.RunSQL:
    """Rows about no case, for whoever looks after the entity."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {table}_house ON {table} USING ({_HERE}) WITH CHECK ({_HERE});
        """,
        f"DROP POLICY {table}_house ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


REPORT = f"""
    ALTER TABLE review_yearreport ENABLE ROW LEVEL SECURITY;
    CREATE POLICY review_yearreport_office ON review_yearreport
        USING (published_at IS NOT NULL OR ({_HERE} AND {_OFFICE}))
        WITH CHECK ({_HERE} AND {_OFFICE});
    CREATE TRIGGER review_yearreport_published BEFORE UPDATE OR DELETE ON review_yearreport
        FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION valedor_refuse_change();
"""
REPORT_BACK = """
    DROP TRIGGER review_yearreport_published ON review_yearreport;
    DROP POLICY review_yearreport_office ON review_yearreport;
    ALTER TABLE review_yearreport DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0003_learning")]
    operations = [
        WallOff("review_precedent"),
        WallOff("review_recommendedfrom"),
        OwnTeamsOnly("review_precedent"),
        OwnTeamsOnly("review_recommendedfrom"),
        of_the_house("review_recommendation"),
        of_the_house("review_recommendationword"),
        Finalise("review_recommendationword"),
        migrations.RunSQL(REPORT, REPORT_BACK),
        Finalise("review_yearreportpaper"),
    ]
