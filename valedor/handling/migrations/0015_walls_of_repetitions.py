"""Hints of repeated cases lie behind the wall of their case, for people of another house too."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff


class Migration(migrations.Migration):
    dependencies = [
        ("handling", "0014_repetitions"),
        ("casefile", "0011_own_teams_only"),
    ]
    operations = [
        WallOff("handling_repetition"),
        OwnTeamsOnly("handling_repetition"),
    ]
