"""Chats: who is talked to, who sits there, what was said."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0006_letters_that_arrived"),
        ("channels", "0006_sms_gateways"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Chat",
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
                    "language",
                    models.CharField(
                        choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                        max_length=5,
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        default="",
                        choices=[
                            ("person", "the person"),
                            ("house", "the house"),
                            ("silence", "silence"),
                        ],
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("said_at", models.DateTimeField()),
                ("person_seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChatAttendant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChatDesk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("most_at_once", models.PositiveSmallIntegerField(default=3)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "entity",
                    models.OneToOneField(
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
        ),
        migrations.CreateModel(
            name="ChatLine",
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
                    "author",
                    models.CharField(
                        choices=[("person", "Person"), ("house", "House"), ("notice", "Notice")],
                        max_length=10,
                    ),
                ),
                (
                    "notice",
                    models.CharField(
                        blank=True,
                        default="",
                        choices=[
                            ("joined", "%(name)s is here."),
                            ("let_go", "%(name)s has left. Somebody else takes over."),
                            ("ended", "The chat has ended."),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
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
                    "chat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="channels.chat",
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
            },
        ),
        migrations.AddIndex(
            model_name="chat",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["entity", "begun_at"],
                name="chat_going_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="chat",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="chat_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="chat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("case",),
                name="one_chat_a_case_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="chat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ending", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                    _connector="OR",
                ),
                name="chat_that_ended_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="chat",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="chat_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="chat",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending__in", ["person", "house", "silence", ""])),
                name="chat_ending_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatdesk",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_at_once__range", (1, 20))),
                name="somebody_holds_one_to_twenty_chats",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatdesk",
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
                name="chat_desk_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="chatline_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.CheckConstraint(
                condition=models.Q(("author__in", ["person", "house", "notice"])),
                name="chat_line_author_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice__in", ["joined", "let_go", "ended", ""])),
                name="chat_line_notice_is_known",
            ),
        ),
    ]
