"""People of another house see the impressions of the open cases of their teams, and no others."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_impression_walls"), ("casefile", "0011_own_teams_only")]
    operations = [OwnTeamsOnly("knowledge_impression")]
