"""The steps of handling lie behind the same walls as the case."""

from django.db import migrations

from valedor.casefile.walls import WallOff

TABLES = [
    "acknowledgement",
    "alarm",
    "approval",
    "areanotice",
    "assessment",
    "assignment",
    "casepart",
    "closure",
    "correction",
    "curerequest",
    "decision",
    "delaynotice",
    "draft",
    "finding",
    "findingevidence",
    "inquiry",
    "recusal",
    "redress",
    "reopening",
    "response",
]


class Migration(migrations.Migration):
    dependencies = [("handling", "0001_initial"), ("casefile", "0002_walls")]
    operations = [WallOff(f"handling_{table}") for table in TABLES]
