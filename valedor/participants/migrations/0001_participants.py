"""Who else is let in to a case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casefile", "0013_files_of_the_office"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Participant",
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
                ("seats", models.PositiveSmallIntegerField(default=3)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "Representative"),
                            ("association", "Consumer association"),
                            ("interpreter", "Interpreter"),
                            ("companion", "Family or somebody else who goes along"),
                        ],
                        max_length=14,
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=200)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("read", "May read"),
                            ("write", "May read and write"),
                            ("act", "May act for the person: accept, contest, withdraw"),
                            ("collect", "May act, and accept money too"),
                        ],
                        default="read",
                        max_length=7,
                    ),
                ),
                ("gets_letters", models.BooleanField(default=False)),
                ("code_digest", models.BinaryField(max_length=32, null=True)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("let_in_at", models.DateTimeField()),
                ("expires_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("let_out", "Let out by the person"),
                            ("left", "Left by themselves"),
                            ("expired", "The time was over"),
                            ("by_the_house", "Ended by the house"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=400)),
                (
                    "last_opened",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("page", "the page of the case"),
                            ("letter", "a letter"),
                            ("document", "a document"),
                            ("receipt", "the receipt"),
                            ("print", "everything, for paper"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("last_opened_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.document",
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats__range", (1, 15))),
                        name="participant_is_seen_by_somebody",
                    ),
                    models.UniqueConstraint(fields=("person",), name="record_of_one_participant"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "interpreter"), _negated=True),
                            ("scope__in", ["read", "write"]),
                            _connector="OR",
                        ),
                        name="interpreters_decide_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="participation_ends_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["representative", "association", "interpreter", "companion"],
                            )
                        ),
                        name="participant_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "write", "act", "collect"])),
                        name="participant_scope_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ending__in", ["let_out", "left", "expired", "by_the_house", ""])
                        ),
                        name="participant_ending_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "last_opened__in",
                                ["page", "letter", "document", "receipt", "print", ""],
                            )
                        ),
                        name="participant_last_opened_is_known",
                    ),
                ],
            },
        ),
    ]
