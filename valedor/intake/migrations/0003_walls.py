"""Rejected rows hold what people wrote: they lie behind the wall like cases do."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_imports"), ("casefile", "0002_walls")]
    operations = [WallOff("intake_importreject", case="NULL::bigint")]
