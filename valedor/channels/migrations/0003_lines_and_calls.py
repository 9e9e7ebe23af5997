"""Telephone lines, their calls, and what was refused at their webhooks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0003_known_words_and_bounds"),
        ("channels", "0002_walls"),
        ("people", "0006_reaction_period"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
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
                ("seats", models.PositiveSmallIntegerField(default=2)),
                ("name_at_switch", models.CharField(max_length=120)),
                ("queue", models.CharField(blank=True, max_length=60)),
                ("caller", models.CharField(blank=True, max_length=20)),
                ("caller_said", models.CharField(blank=True, max_length=60)),
                ("operator_said", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ringing", "Ringing"),
                            ("running", "Talking"),
                            ("ended", "Ended"),
                            ("abandoned", "Abandoned"),
                            ("lost", "No end known"),
                        ],
                        default="ringing",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("transferred_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("abandoned_at", models.DateTimeField(null=True)),
                ("last_event_at", models.DateTimeField()),
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
                    "operator",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("number", models.CharField(max_length=20)),
                ("other_number", models.CharField(blank=True, max_length=20)),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("generic", "Ours: JSON, signed with HMAC-SHA256"),
                            ("twilio", "Twilio Voice: status callbacks"),
                        ],
                        default="generic",
                        max_length=10,
                    ),
                ),
                ("secret", models.BinaryField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="CallEvent",
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
                ("seats", models.PositiveSmallIntegerField(default=2)),
                ("name_at_switch", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("answered", "Answered"),
                            ("transferred", "Transferred"),
                            ("ended", "Ended"),
                            ("abandoned", "Abandoned"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="channels.call",
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
                    "operator",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raw",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.rawmessage",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channels.line",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="call",
            name="line",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="channels.line",
            ),
        ),
        migrations.CreateModel(
            name="LineTrouble",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("forged", "signature wrong or missing"),
                            ("stale", "signed more than five minutes ago"),
                            ("repeated", "sent before"),
                            ("unreadable", "could not be read; kept"),
                            ("too_large", "too large"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("last_at", models.DateTimeField()),
                ("last_address", models.CharField(blank=True, max_length=45)),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="troubles",
                        to="channels.line",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("entity", "key"), name="line_key_is_the_entity_s_only"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["generic", "twilio"])),
                name="line_format_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="callevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="call_event_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="callevent",
            constraint=models.UniqueConstraint(
                fields=("line", "name_at_switch"), name="event_is_told_once_a_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="callevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["offered", "answered", "transferred", "ended", "abandoned"])
                ),
                name="call_event_kind_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("state__in", ["ringing", "running"])),
                fields=["entity", "last_event_at"],
                name="call_going_on",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("state", "abandoned")),
                fields=["entity", "last_event_at", "id"],
                name="call_abandoned",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="call_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                fields=("line", "name_at_switch"), name="call_is_the_line_s_only_one_of_its_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["ringing", "running", "ended", "abandoned", "lost"])
                ),
                name="call_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="linetrouble",
            constraint=models.UniqueConstraint(
                fields=("line", "on", "reason"), name="line_trouble_is_counted_by_day_and_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="linetrouble",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["forged", "stale", "repeated", "unreadable", "too_large"])
                ),
                name="line_trouble_reason_is_known",
            ),
        ),
    ]
