"""Consents to promotional contact, each a row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0014_persons_found_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromotionConsent",
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
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("telephone", "Telephone"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                            ("web_form", "Web form"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("own_wish", "They asked for it themselves"),
                            ("signed_form", "They signed a form"),
                            ("asked_elsewhere", "They were asked when they did not complain"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "giver",
                    models.CharField(
                        choices=[
                            ("person", "The person themselves"),
                            ("representative", "Whoever speaks for them"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.TextField()),
                ("version", models.CharField(max_length=60)),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                        max_length=5,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "withdrawn_through",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("telephone", "Telephone"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                            ("web_form", "Web form"),
                        ],
                        max_length=12,
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promotion_consents",
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
                (
                    "withdrawn_by",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "entity"),
                        name="one_consent_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            models.Q(("version", ""), _negated=True),
                        ),
                        name="consent_names_its_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("given_at"))),
                        name="consent_is_recorded_after_it_is_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_through", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_through", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_consent_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                ["email", "telephone", "letter", "in_person", "web_form"],
                            )
                        ),
                        name="promotion_consent_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occasion__in", ["own_wish", "signed_form", "asked_elsewhere"])
                        ),
                        name="promotion_consent_occasion_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver__in", ["person", "representative"])),
                        name="promotion_consent_giver_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                        name="promotion_consent_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "withdrawn_through__in",
                                ["email", "telephone", "letter", "in_person", "web_form", ""],
                            )
                        ),
                        name="promotion_consent_withdrawn_through_is_known",
                    ),
                ],
            },
        ),
    ]
