"""Cases that belong together: related ones, and those that go on in another."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0009_cases_that_go_on"),
        ("handling", "0005_documents_in_quarantine"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseMerge",
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
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("between_people", models.BooleanField(default=False)),
                (
                    "stopped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseRelation",
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
                ("at", models.DateTimeField()),
                ("seats", models.PositiveSmallIntegerField(default=2)),
                (
                    "kind",
                    models.CharField(
                        choices=[("related", "Related"), ("split_off", "Split Off")],
                        default="related",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="closure",
            name="closure_reason_is_known",
        ),
        migrations.AlterField(
            model_name="closure",
            name="reason",
            field=models.CharField(
                choices=[
                    ("agreed", "The person agrees"),
                    ("answered", "Answered, and nothing was said against it in time"),
                    ("withdrawn", "The person withdrew it"),
                    ("inadmissible", "Not admitted"),
                    ("not_completed", "Not completed in the time given"),
                    ("no_answer_needed", "No answer was needed"),
                    ("merged", "It goes on in another case"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "agreed",
                            "answered",
                            "withdrawn",
                            "inadmissible",
                            "not_completed",
                            "no_answer_needed",
                            "merged",
                        ],
                    )
                ),
                name="closure_reason_is_known",
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefile.case"
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="entity",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.entity",
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefile.case"
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="undone_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caserelation",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caserelation",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefile.case"
            ),
        ),
        migrations.AddField(
            model_name="caserelation",
            name="ended_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caserelation",
            name="entity",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.entity",
            ),
        ),
        migrations.AddField(
            model_name="caserelation",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefile.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="casemerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="casemerge_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="casemerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("case")), _negated=True),
                name="no_case_goes_on_in_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="casemerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("case",), name="case_merged_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="caserelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="caserelation_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="caserelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("other", models.F("case")), _negated=True),
                name="no_case_relates_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="caserelation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("case", "other"),
                name="cases_related_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="caserelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["related", "split_off"])),
                name="case_relation_kind_is_known",
            ),
        ),
    ]
