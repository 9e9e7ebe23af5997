"""Who has a case open lies behind the wall of the case, for people of another house too."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff


class Migration(migrations.Migration):
    dependencies = [
        ("handling", "0018_drafts_and_presence"),
        ("casefile", "0011_own_teams_only"),
    ]
    operations = [WallOff("handling_presence"), OwnTeamsOnly("handling_presence")]
