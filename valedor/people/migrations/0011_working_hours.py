"""When somebody of the staff is at work."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_sites_that_show_the_form"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="hours",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), default=list, size=None
            ),
        ),
    ]
