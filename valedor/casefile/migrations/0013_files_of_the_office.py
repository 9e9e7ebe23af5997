"""Tables that were walled before the office had files refuse the company's seat there, too; numbers
of the office are drawn apart, so that no gap in the company's tells of them.
"""

from django.db import migrations

WALLED_BEFORE = """
DO $$
DECLARE
    walled record;
BEGIN
    FOR walled IN
        SELECT tablename, CASE tablename WHEN 'casefile_case' THEN 'id' ELSE 'case_id' END AS named
        FROM pg_policies WHERE policyname = tablename || '_wall'
            AND (tablename = 'casefile_case' OR EXISTS (
                SELECT FROM information_schema.columns AS known
                WHERE known.table_name = tablename AND known.column_name = 'case_id'))
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = tablename || '_office')
    LOOP
        EXECUTE format(
            'ALTER TABLE %I ADD CONSTRAINT %I CHECK (%I > 0 OR (seats & 10) = 0)',
            walled.tablename, walled.tablename || '_office', walled.named);
    END LOOP;
END $$;
"""
NUMBERS = "CREATE SEQUENCE valedor_office_numbers START 500000001"
WORDS = """
ALTER TABLE casefile_searchtext ADD CONSTRAINT casefile_searchtext_office CHECK (case_id > 0)
"""


class Migration(migrations.Migration):
    dependencies = [("casefile", "0012_public_messages")]
    operations = [
        migrations.RunSQL(WALLED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE valedor_office_numbers"),
        migrations.RunSQL(
            WORDS, "ALTER TABLE casefile_searchtext DROP CONSTRAINT casefile_searchtext_office"
        ),
    ]
