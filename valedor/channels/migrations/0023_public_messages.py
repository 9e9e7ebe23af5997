"""Public messages: what their authors were asked and said."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0012_public_messages"),
        ("channels", "0022_own_teams_only"),
        ("people", "0013_teams_of_another_house"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicMessage",
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
                ("network", models.CharField(max_length=60)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("order", "Order"),
                            ("booking", "Booking"),
                            ("technical_support", "Technical support"),
                            ("incident", "Incident"),
                            ("complaint", "Complaint"),
                            ("claim", "Claim"),
                            ("suggestion", "Suggestion"),
                            ("thanks", "Thanks"),
                            ("cancellation", "Cancellation"),
                            ("after_sales", "After-sales request"),
                            ("data_request", "Data request"),
                            ("report", "Report of wrongdoing"),
                        ],
                        default="complaint",
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                        max_length=5,
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("agreed", "Brought in"),
                            ("declined", "Declined"),
                            ("own_words", "Writes in their own words"),
                            ("lapsed", "Not answered"),
                            ("withdrawn", "Consent taken back"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicConsent",
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
                ("author", models.CharField(blank=True, max_length=200)),
                ("given_at", models.DateTimeField()),
                ("version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=5)),
                ("words", models.TextField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent",
                        to="channels.publicmessage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(fields=["entity", "noted_at"], name="public_message_by_time"),
        ),
        migrations.AddConstraint(
            model_name="publicmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="public_message_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True), ("settled_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="public_message_is_asked_about_or_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "enquiry",
                            "order",
                            "booking",
                            "technical_support",
                            "incident",
                            "complaint",
                            "claim",
                            "suggestion",
                            "thanks",
                            "cancellation",
                            "after_sales",
                            "data_request",
                            "report",
                        ],
                    )
                ),
                name="public_message_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="public_message_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["asked", "agreed", "declined", "own_words", "lapsed", "withdrawn"],
                    )
                ),
                name="public_message_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="publicconsent_is_seen_by_somebody",
            ),
        ),
    ]
