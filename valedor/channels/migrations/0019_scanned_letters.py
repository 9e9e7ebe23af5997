"""Letters that came in as scans."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0008_letters_by_post"),
        ("channels", "0018_gateway_troubles"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "raw",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="paper",
                        serialize=False,
                        to="casefile.rawmessage",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=255)),
                ("registered_at", models.DateTimeField()),
                ("first_page", models.PositiveIntegerField(default=1)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("parted_at", models.DateTimeField(null=True)),
                ("cases", models.JSONField(default=list)),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("no_program", "No Program"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("certainty", models.PositiveSmallIntegerField(null=True)),
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
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="casefile.case",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "stack",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="channels.scan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats__range", (1, 15))),
                        name="scan_is_seen_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty", None), ("certainty__range", (0, 100)), _connector="OR"
                        ),
                        name="certainty_of_a_scan_is_a_share_of_a_hundred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reading__in", ["waiting", "done", "no_program", "failed"])
                        ),
                        name="scan_reading_is_known",
                    ),
                ],
            },
        ),
    ]
