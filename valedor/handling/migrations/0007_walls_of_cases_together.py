"""Merges and relations lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("handling", "0006_cases_together")]
    operations = [WallOff("handling_casemerge"), WallOff("handling_caserelation")]
