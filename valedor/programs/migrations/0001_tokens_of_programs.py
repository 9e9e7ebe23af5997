"""The tokens of programs, where they lay already: the table stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

_OF_PROGRAMS = ["cases:register", "cases:read", "cases:write"]
_OF_PERSONS = ["cases:register", "cases:read", "cases:act"]
_SCOPES = ["cases:register", "cases:read", "cases:write", "cases:act"]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("api", "0005_act_as_a_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "scopes",
                            ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("cases:register", "Register cases"),
                                        ("cases:read", "Read cases"),
                                        ("cases:write", "Send messages"),
                                        ("cases:act", "Act on cases as a person"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                            ),
                        ),
                        ("digest", models.BinaryField(max_length=32, unique=True)),
                        ("issued_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(null=True)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.entity",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "api_apitoken",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("name",),
                                name="living_token_has_its_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scopes", []), _negated=True),
                                name="token_has_a_scope",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("account", None), ("scopes__contained_by", _OF_PROGRAMS)
                                )
                                | models.Q(
                                    ("account__isnull", False),
                                    ("expires_at__isnull", False),
                                    ("scopes__contained_by", _OF_PERSONS),
                                ),
                                name="who_acts_is_somebody_and_for_a_while",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scopes__contained_by", _SCOPES)),
                                name="api_token_scopes_are_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
