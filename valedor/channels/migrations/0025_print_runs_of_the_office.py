"""What the ombudsman's office prints together lies behind the wall, too."""

from django.conf import settings
from django.db import migrations, models

from valedor.casefile.walls import WallOff


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0024_public_message_walls"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="printrun",
            name="seats",
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddConstraint(
            model_name="printrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="print_run_is_seen_by_somebody"
            ),
        ),
        WallOff("channels_printrun", case="NULL::bigint"),
    ]
