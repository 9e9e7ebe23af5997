"""Calls lie behind the wall, of whatever case they are; what a switchboard said is final."""

from django.db import migrations

from valedor.casefile.walls import Finalise, WallOff

_OF_NO_CASE = "NULL::bigint"


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_lines_and_calls"), ("casefile", "0002_walls")]
    operations = [
        WallOff("channels_call", case=_OF_NO_CASE),
        WallOff("channels_callevent", case=_OF_NO_CASE),
        Finalise("channels_callevent"),
    ]
