"""Thanks are passed on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0011_own_teams_only"),
        ("handling", "0015_walls_of_repetitions"),
        ("people", "0013_teams_of_another_house"),
        ("procedures", "0003_emergencies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="closure",
            name="reason",
            field=models.CharField(
                choices=[
                    ("agreed", "The person agrees"),
                    ("answered", "Answered, and nothing was said against it in time"),
                    ("withdrawn", "The person withdrew it"),
                    ("inadmissible", "Not admitted"),
                    ("not_completed", "Not completed in the time given"),
                    ("no_answer_needed", "No answer was needed"),
                    ("merged", "It goes on in another case"),
                    ("served", "Done what was asked for"),
                    ("answered_at_once", "Answered at once"),
                    ("not_attended", "The person did not come"),
                    ("called_off", "The house called it off"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seats", models.PositiveSmallIntegerField(default=2)),
                ("words", models.TextField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["account", "-at"],
                        name="thanks_of_account",
                    ),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["area", "-at"],
                        name="thanks_of_area",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats__range", (1, 15))),
                        name="thanks_is_seen_by_somebody",
                    ),
                ],
            },
        ),
    ]
