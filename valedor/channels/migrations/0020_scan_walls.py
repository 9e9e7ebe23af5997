"""Scanned letters lie behind the wall like the messages themselves."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0019_scanned_letters")]
    operations = [WallOff("channels_scan")]
