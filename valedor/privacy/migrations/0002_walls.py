"""Legal holds lie behind the same walls as the case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("casefile", "0002_walls")]
    operations = [WallOff("privacy_legalhold")]
