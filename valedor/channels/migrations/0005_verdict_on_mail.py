"""What rspamd says of a mail; nothing was asked of those of before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_call_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="verdict",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
