"""How long an answer waits before it leaves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_working_hours"),
    ]

    operations = [
        migrations.AddField(
            model_name="entity",
            name="seconds_to_take_back",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
