"""Who is let in lies behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff

TABLE = "participants_participant"


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_participants")]
    operations = [WallOff(TABLE), OwnTeamsOnly(TABLE)]
