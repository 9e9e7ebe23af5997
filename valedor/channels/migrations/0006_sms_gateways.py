"""SMS gateways, and the numbers that want no short messages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0005_verdict_on_mail"),
        ("people", "0006_reaction_period"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gateway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                (
                    "protocol",
                    models.CharField(
                        choices=[("kannel", "Kannel")], default="kannel", max_length=10
                    ),
                ),
                ("sender", models.CharField(max_length=20)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("login", models.CharField(blank=True, max_length=80)),
                ("password", models.BinaryField(null=True)),
                ("secret", models.BinaryField(null=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                        max_length=5,
                    ),
                ),
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
                        default="enquiry",
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entity", "key"), name="gateway_key_is_the_entity_s_only"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("protocol__in", ["kannel"])),
                        name="gateway_protocol_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                        name="gateway_language_is_known",
                    ),
                    models.CheckConstraint(
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
                        name="gateway_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SmsStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(max_length=16)),
                ("stopped_at", models.DateTimeField()),
                (
                    "entity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entity", "digest"), name="number_stops_an_entity_once"
                    )
                ],
            },
        ),
    ]
