"""Codes that were sent lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("handling", "0011_identity_checks")]
    operations = [WallOff("handling_identitycheck")]
