"""Drafts by window, so that none overwrites another; and who has a case open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0011_own_teams_only"),
        ("handling", "0017_walls_of_thanks"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
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
                ("form", models.CharField(blank=True, max_length=40)),
                ("wrote_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="draft",
            name="one_draft_a_form",
        ),
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="draft",
            name="window",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("case", "account", "form", "window"), name="one_draft_a_window"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="account",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefile.case"
            ),
        ),
        migrations.AddField(
            model_name="presence",
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
            model_name="presence",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="presence_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("case", "account"), name="present_once"),
        ),
    ]
