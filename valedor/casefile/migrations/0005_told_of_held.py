"""When somebody was told that a message is held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0004_scanned_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="rawmessage",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
    ]
