"""People of another house see the chats and call-backs about the open cases of their teams, and no others."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly


class Migration(migrations.Migration):
    dependencies = [("channels", "0021_fax_mailboxes"), ("casefile", "0011_own_teams_only")]
    operations = [
        OwnTeamsOnly("channels_chat"),
        OwnTeamsOnly("channels_chatline"),
        OwnTeamsOnly("channels_callback"),
        OwnTeamsOnly("channels_callattempt"),
        OwnTeamsOnly("channels_printing"),
    ]
