"""Bookings lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_services"), ("casefile", "0002_walls")]
    operations = [WallOff("bookings_booking")]
