"""The files of the office lie behind the wall of their case; so does what it addresses to the
company, on the company's side.
"""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff

TABLES = (
    "proceeding", "statement", "offer", "opinion", "provenfact", "conclusion", "hearing",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("review", "0001_office"), ("casefile", "0013_files_of_the_office")]
    operations = [
        *(WallOff(f"review_{table}") for table in TABLES),
        *(OwnTeamsOnly(f"review_{table}") for table in TABLES),
    ]
