"""What was noticed in a contact lies behind the wall of its case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0002_guidance")]
    operations = [WallOff("knowledge_impression")]
