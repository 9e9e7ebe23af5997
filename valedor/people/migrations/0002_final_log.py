"""The administration log is final."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("foundation", "0002_final_rows")]
    operations = [
        migrations.RunSQL(
            """
            CREATE TRIGGER people_administrationentry_final
            BEFORE UPDATE OR DELETE OR TRUNCATE ON people_administrationentry
            FOR EACH STATEMENT EXECUTE FUNCTION valedor_refuse_change();
            """,
            "DROP TRIGGER people_administrationentry_final ON people_administrationentry;",
        ),
        migrations.RunSQL(
            "INSERT INTO people_configuration (id, number) VALUES (1, 1)",
            "DELETE FROM people_configuration",
        ),
    ]
