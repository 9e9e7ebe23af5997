"""What the law asks of a telephone: priority, a supervisor, consent to be recorded."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0014_call_back_walls"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordingConsent",
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
                ("is_given", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="linetrouble",
            name="line_trouble_reason_is_known",
        ),
        migrations.AddField(
            model_name="call",
            name="has_priority",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="call",
            name="lead",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="lead_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="lead_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="linetrouble",
            name="reason",
            field=models.CharField(
                choices=[
                    ("forged", "signature wrong or missing"),
                    ("stale", "signed more than five minutes ago"),
                    ("repeated", "sent before"),
                    ("unreadable", "could not be read; kept"),
                    ("too_large", "too large"),
                    ("no_length", "without its length"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="linetrouble",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        ["forged", "stale", "repeated", "unreadable", "too_large", "no_length"],
                    )
                ),
                name="line_trouble_reason_is_known",
            ),
        ),
        migrations.AddField(
            model_name="recordingconsent",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recordingconsent",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="channels.call",
            ),
        ),
        migrations.AddField(
            model_name="recordingconsent",
            name="entity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.entity",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordingconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="recording_consent_is_seen_by_somebody",
            ),
        ),
    ]
