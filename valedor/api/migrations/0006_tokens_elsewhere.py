"""Tokens are of the package that lets programs in: nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0005_act_as_a_person"), ("programs", "0001_tokens_of_programs")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "givenanswer",
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="programs.apitoken",
                    ),
                ),
                migrations.DeleteModel("ApiToken"),
            ],
        ),
    ]
