"""A person has the dossier of their case made, too: nobody of the staff asked for that one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0013_files_of_the_office"),
        ("disputes", "0004_walls_of_referrals"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__isnull", False), ("seats", 1), _connector="OR"),
                name="dossier_of_a_house_says_who_asked",
            ),
        ),
    ]
