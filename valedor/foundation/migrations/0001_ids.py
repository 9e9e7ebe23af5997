"""The sequence that ids are drawn from, in blocks."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL("CREATE SEQUENCE valedor_ids", "DROP SEQUENCE valedor_ids"),
    ]
