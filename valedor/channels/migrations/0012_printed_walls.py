"""Who printed which letter lies behind the wall of its case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0011_printed_letters")]
    operations = [WallOff("channels_printing")]
