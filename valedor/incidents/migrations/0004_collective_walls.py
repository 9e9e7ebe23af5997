"""What ties a case to an incident lies behind the wall of the case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_collective"), ("casefile", "0002_walls")]
    operations = [WallOff("incidents_membership"), WallOff("incidents_answerpart")]
