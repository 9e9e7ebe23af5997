"""What the office learns: precedents, recommendations to the company, the yearly report."""

import django.contrib.postgres.search
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids
import valedor.foundation.multilingual


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0013_files_of_the_office"),
        ("people", "0015_consent_to_promotion"),
        ("procedures", "0003_emergencies"),
        ("review", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField()),
                ("answer_by", models.DateField()),
                ("written_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("followed", "The company follows it"),
                            ("in_part", "The company follows it in part"),
                            ("not_followed", "The company does not follow it"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("do_by", models.DateField(null=True)),
                ("said_done_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("done", "Done"), ("not_done", "Not done")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("outcome_at", models.DateTimeField(null=True)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecommendationWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("answered", "What the company answered"),
                            ("said_done", "What the company says it did"),
                            ("followed_up", "What the office found"),
                        ],
                        max_length=11,
                    ),
                ),
                ("stands", models.CharField(blank=True, max_length=12)),
                ("text", models.TextField()),
                ("do_by", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="review.recommendation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecommendedFrom",
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
                ("seats", models.PositiveSmallIntegerField(default=4)),
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
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="review.opinion",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="review.recommendation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="YearReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("opening", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("closing", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("saved_at", models.DateTimeField()),
                (
                    "figures",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, null=True
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearReportPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                        max_length=5,
                    ),
                ),
                ("pdf", models.BinaryField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="review.yearreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Precedent",
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
                ("seats", models.PositiveSmallIntegerField(default=4)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("upheld", "Upheld"),
                            ("partly_upheld", "Partly upheld"),
                            ("not_upheld", "Not upheld"),
                            ("inadmissible", "Not admitted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=15,
                    ),
                ),
                ("signed_at", models.DateTimeField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.category",
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
                    "opinion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="review.opinion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["entity", "-signed_at", "-id"], name="precedents_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats__range", (1, 15))),
                        name="precedent_is_seen_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "upheld",
                                    "partly_upheld",
                                    "not_upheld",
                                    "inadmissible",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="precedent_outcome_is_known",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(fields=["entity", "-written_at"], name="recommendations_newest"),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="recommendation_answered_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("outcome_at", None)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True), ("outcome_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="recommendation_followed_up_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["followed", "in_part", "not_followed", ""])),
                name="recommendation_answer_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["done", "not_done", ""])),
                name="recommendation_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationword",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["answered", "said_done", "followed_up"])),
                name="recommendation_word_what_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendedfrom",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="recommendedfrom_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendedfrom",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "opinion"), name="recommended_from_an_opinion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearreport",
            constraint=models.UniqueConstraint(fields=("entity", "year"), name="one_report_a_year"),
        ),
        migrations.AddConstraint(
            model_name="yearreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("figures", None), ("published_at", None), ("published_by", None)),
                    models.Q(
                        ("figures__isnull", False),
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="published_report_has_its_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearreportpaper",
            constraint=models.UniqueConstraint(
                fields=("report", "language"), name="one_paper_a_report_and_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearreportpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="year_report_paper_language_is_known",
            ),
        ),
    ]
