"""Calls to an emergency lie behind the wall of its case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_duty"), ("casefile", "0002_walls")]
    operations = [WallOff("incidents_callout"), WallOff("incidents_calloutcall")]
