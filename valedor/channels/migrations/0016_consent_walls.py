"""What callers said to being recorded lies behind the wall, of no case, and is final."""

from django.db import migrations

from valedor.casefile.walls import Finalise, WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0015_phone_duties")]
    operations = [
        WallOff("channels_recordingconsent", case="NULL::bigint"),
        Finalise("channels_recordingconsent"),
    ]
