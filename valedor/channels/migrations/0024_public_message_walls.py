"""Public messages and what their authors said lie behind the wall; people of another house see those
of the open cases of their teams.
"""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0023_public_messages")]
    operations = [
        WallOff("channels_publicmessage"),
        WallOff("channels_publicconsent"),
        OwnTeamsOnly("channels_publicmessage"),
        OwnTeamsOnly("channels_publicconsent"),
    ]
