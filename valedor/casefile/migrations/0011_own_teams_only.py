"""People of another house see the rows of the open cases of their teams, and no others."""

from django.db import migrations

from valedor.casefile.walls import OWN_OPEN_CASES, OwnTeamsOnly

TABLES = (
    "deadline",
    "deadlineevent",
    "document",
    "entry",
    "entrycontent",
    "grievance",
    "instance",
    "letter",
    "message",
    "rawmessage",
    "refuseddocument",
    "walledsearchtext",
)


class Migration(migrations.Migration):
    dependencies = [("casefile", "0010_held_messages_scanned")]
    operations = [
        OwnTeamsOnly("casefile_case", seen=OWN_OPEN_CASES),
        *(OwnTeamsOnly(f"casefile_{table}") for table in TABLES),
    ]
