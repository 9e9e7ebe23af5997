"""People of another house see the bookings of the open cases of their teams, and no others."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly


class Migration(migrations.Migration):
    dependencies = [("bookings", "0002_walls"), ("casefile", "0011_own_teams_only")]
    operations = [
        OwnTeamsOnly("bookings_booking"),
    ]
