"""Dossiers lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff


class Migration(migrations.Migration):
    dependencies = [("disputes", "0001_dossiers"), ("casefile", "0012_public_messages")]
    operations = [WallOff("disputes_dossier"), OwnTeamsOnly("disputes_dossier")]
