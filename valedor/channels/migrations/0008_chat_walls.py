"""Chats and their lines lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0007_chats")]
    operations = [WallOff("channels_chat"), WallOff("channels_chatline")]
