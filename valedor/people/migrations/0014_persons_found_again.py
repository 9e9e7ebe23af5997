"""Persons are found by their name and by their identity number, however it is written."""

import django.db.models.functions.text
from django.db import migrations, models

import valedor.people.models.complainants

_PLAIN = """
    CREATE FUNCTION valedor_plain_number(written text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN upper(regexp_replace(written, '[^[:alnum:]]', '', 'g'))
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0013_teams_of_another_house")]
    operations = [
        migrations.RunSQL(_PLAIN, "DROP FUNCTION valedor_plain_number"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("name", ""), _negated=True),
                name="person_name",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                valedor.people.models.complainants.PlainNumber("identity_number"),
                condition=models.Q(("identity_number", ""), _negated=True),
                name="person_identity_number",
            ),
        ),
    ]
