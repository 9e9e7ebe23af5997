"""Orders lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_products"), ("casefile", "0011_own_teams_only")]
    operations = [WallOff("orders_order"), OwnTeamsOnly("orders_order")]
