"""Mailboxes to which a fax service delivers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0020_scan_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="is_fax",
            field=models.BooleanField(default=False),
        ),
    ]
