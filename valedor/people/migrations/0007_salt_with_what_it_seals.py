"""What is sealed is one piece, its salt first."""

from django.db import migrations

_JOIN = "UPDATE people_unsentpost SET sealed = salt || sealed"
_PART = """
    UPDATE people_unsentpost SET salt = substr(sealed, 1, 16), sealed = substr(sealed, 17)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_reaction_period")]
    operations = [migrations.RunSQL(_JOIN, _PART)]
