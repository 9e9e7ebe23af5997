"""Who has a call, whether it is known who calls, and which cases it was about."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0006_letters_that_arrived"),
        ("channels", "0008_chat_walls"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallCase",
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
                ("is_new", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="call",
            name="checked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="checked_by",
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
            name="checked_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answers", "They answered what only they know"),
                    ("called_back", "We called back at the number we had"),
                    ("code_sent", "They read back a word sent to an address we had"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="is_by_hand",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="call",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="taken_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="line",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="channels.line",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["entity", "last_event_at"], name="call_by_time"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_how__in", ["answers", "called_back", "code_sent", ""])
                ),
                name="call_checked_how_is_known",
            ),
        ),
        migrations.AddField(
            model_name="callcase",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="callcase",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="channels.call",
            ),
        ),
        migrations.AddField(
            model_name="callcase",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefile.case"
            ),
        ),
        migrations.AddField(
            model_name="callcase",
            name="entity",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.entity",
            ),
        ),
        migrations.AddConstraint(
            model_name="callcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="callcase_is_seen_by_somebody"
            ),
        ),
    ]
