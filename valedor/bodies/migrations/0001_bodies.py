"""Bodies outside the house by version, and what entities have joined."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import valedor.foundation.multilingual


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0015_consent_to_promotion"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60)),
                ("kind", models.CharField(max_length=60)),
                ("name", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("country", models.CharField(max_length=2)),
                ("place", models.CharField(max_length=20)),
                ("municipality", models.CharField(blank=True, max_length=120)),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("amount_from", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("amount_until", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("facilitative", "It helps both sides to agree."),
                            ("advisory", "It says in a reasoned report who is right."),
                            ("determinative", "It decides the matter."),
                        ],
                        max_length=13,
                    ),
                ),
                ("decides", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("costs", models.CharField(blank=True, max_length=20)),
                ("binds", models.CharField(blank=True, max_length=20)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), default=list, size=None
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("form_url", models.URLField(blank=True, max_length=400)),
                ("how_to_file", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("source", models.CharField(max_length=400)),
                ("checked_on", models.DateField()),
            ],
            options={
                "ordering": ["country", "place", "municipality", "key", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "valid_from"), name="body_version_once_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("key",),
                        name="one_open_body_a_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="body_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_from", None), ("amount_from__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("amount_until", None), ("amount_until__gt", 0), _connector="OR"
                            ),
                        ),
                        name="body_hears_amounts_of_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_from", None), ("amount_until", None)),
                            models.Q(("currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="body_amounts_have_a_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method__in", ["facilitative", "advisory", "determinative"])
                        ),
                        name="body_method_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adhesion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.SlugField(max_length=60)),
                ("subjects", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("amount_until", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adhesions",
                        to="people.entity",
                    ),
                ),
            ],
            options={
                "ordering": ["body", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entity", "body", "valid_from"), name="adhesion_once_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("entity", "body"),
                        name="one_open_adhesion_a_body",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="adhesion_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_until", None),
                            models.Q(
                                ("amount_until__gt", 0), models.Q(("currency", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="adhesion_amount_is_money",
                    ),
                ],
            },
        ),
    ]
