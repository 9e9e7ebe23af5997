"""Promised calls and their attempts lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0013_call_backs")]
    operations = [WallOff("channels_callback"), WallOff("channels_callattempt")]
