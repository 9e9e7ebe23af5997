"""What a call was about lies behind the wall of its case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0009_call_screen")]
    operations = [WallOff("channels_callcase")]
