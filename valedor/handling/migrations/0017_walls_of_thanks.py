"""Thanks lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff


class Migration(migrations.Migration):
    dependencies = [("handling", "0016_thanks"), ("casefile", "0011_own_teams_only")]
    operations = [WallOff("handling_thanks"), OwnTeamsOnly("handling_thanks")]
