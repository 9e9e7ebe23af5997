"""A team may be one of another house."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_seconds_to_take_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="team",
            name="is_outsourced",
            field=models.BooleanField(default=False),
        ),
    ]
