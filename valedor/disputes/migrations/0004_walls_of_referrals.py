"""Cases before other bodies lie behind the wall of their case."""

from django.db import migrations

from valedor.casefile.walls import OwnTeamsOnly, WallOff

TABLES = (
    "disputes_referral",
    "disputes_position",
    "disputes_hearingdate",
    "disputes_proposal",
)


class Migration(migrations.Migration):
    dependencies = [("disputes", "0003_referrals")]
    operations = [step(table) for table in TABLES for step in (WallOff, OwnTeamsOnly)]
