"""What was read from mails lies behind the wall like the messages themselves."""

from django.db import migrations

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_mailboxes"), ("casefile", "0002_walls")]
    operations = [WallOff("channels_mail"), WallOff("channels_mailtrace")]
