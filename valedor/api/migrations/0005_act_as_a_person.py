"""A token may act as a member of the staff, for a while."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

_SCOPES = ["cases:register", "cases:read", "cases:write", "cases:act"]


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0004_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "apitoken",
            "account",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("apitoken", "expires_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "apitoken",
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
        migrations.RemoveConstraint("apitoken", "api_token_scopes_are_known"),
        migrations.AddConstraint(
            "apitoken",
            models.CheckConstraint(
                name="api_token_scopes_are_known",
                condition=models.Q(("scopes__contained_by", _SCOPES)),
            ),
        ),
        migrations.AddConstraint(
            "apitoken",
            models.CheckConstraint(
                name="who_acts_is_somebody_and_for_a_while",
                condition=models.Q(
                    ("account", None),
                    ("scopes__contained_by", ["cases:register", "cases:read", "cases:write"]),
                )
                | models.Q(
                    ("account__isnull", False),
                    ("expires_at__isnull", False),
                    ("scopes__contained_by", ["cases:register", "cases:read", "cases:act"]),
                ),
            ),
        ),
    ]
