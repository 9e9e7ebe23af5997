"""People of another house see the steps of the open cases of their teams, and no others."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly

TABLES = (
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
    "casemerge",
    "caserelation",
    "identitycheck",
)


class Migration(migrations.Migration):
    dependencies = [
        ("handling", "0012_walls_of_identity_checks"),
        ("casefile", "0011_own_teams_only"),
    ]
    operations = [OwnTeamsOnly(f"handling_{table}") for table in TABLES]
