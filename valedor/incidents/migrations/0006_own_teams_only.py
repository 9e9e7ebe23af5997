"""People of another house see what hangs on the open cases of their teams, and no more."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_notices_sent"), ("casefile", "0011_own_teams_only")]
    operations = [
        OwnTeamsOnly("incidents_membership"),
        OwnTeamsOnly("incidents_answerpart"),
        OwnTeamsOnly("incidents_callout"),
        OwnTeamsOnly("incidents_calloutcall"),
    ]
