"""Mailboxes, and what was read from mails when they arrived."""

import django.db.models.deletion
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casefile", "0003_known_words_and_bounds"),
        ("people", "0006_reaction_period"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("address", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=5)),
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
                ("host", models.CharField(blank=True, max_length=200)),
                ("port", models.PositiveIntegerField(default=993)),
                (
                    "security",
                    models.CharField(
                        choices=[("tls", "Tls"), ("starttls", "Starttls"), ("none", "None")],
                        default="tls",
                        max_length=10,
                    ),
                ),
                ("login", models.CharField(blank=True, max_length=200)),
                (
                    "signs_in",
                    models.CharField(
                        choices=[("password", "Password"), ("oauth", "Oauth")],
                        default="password",
                        max_length=10,
                    ),
                ),
                ("secret", models.BinaryField(null=True)),
                ("token_url", models.URLField(blank=True, max_length=300)),
                ("client_id", models.CharField(blank=True, max_length=200)),
                ("folder", models.CharField(default="INBOX", max_length=200)),
                (
                    "afterwards",
                    models.CharField(
                        choices=[("keep", "Keep"), ("move", "Move"), ("delete", "Delete")],
                        default="keep",
                        max_length=10,
                    ),
                ),
                ("done_folder", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("uid_validity", models.BigIntegerField(null=True)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True)),
                ("trouble_since", models.DateTimeField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "raw",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail",
                        serialize=False,
                        to="casefile.rawmessage",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField()),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("sender_address", models.CharField(blank=True, max_length=320)),
                ("subject", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("quoted", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attachments", models.JSONField(default=list)),
                ("automatic", models.CharField(blank=True, max_length=60)),
                ("security", models.CharField(blank=True, max_length=40)),
                ("defects", models.JSONField(default=list)),
                ("is_from_stranger", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
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
                    "mailbox",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channels.mailbox",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MailTrace",
            fields=[
                ("seats", models.PositiveSmallIntegerField(default=3)),
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.BinaryField(max_length=16)),
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
                    "raw",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casefile.rawmessage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afterwards", "move"), _negated=True),
                    models.Q(("done_folder", ""), _negated=True),
                    _connector="OR",
                ),
                name="mailbox_that_moves_mail_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
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
                name="mailbox_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("security__in", ["tls", "starttls", "none"])),
                name="mailbox_security_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("signs_in__in", ["password", "oauth"])),
                name="mailbox_signs_in_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("afterwards__in", ["keep", "move", "delete"])),
                name="mailbox_afterwards_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="mail_is_seen_by_somebody"
            ),
        ),
        migrations.AddIndex(
            model_name="mailtrace",
            index=models.Index(fields=["digest"], name="mail_trace_digest"),
        ),
        migrations.AddConstraint(
            model_name="mailtrace",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="mailtrace_is_seen_by_somebody"
            ),
        ),
    ]
