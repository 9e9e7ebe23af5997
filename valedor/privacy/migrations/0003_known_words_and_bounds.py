"""The database takes no word that a column does not know, and no number past its bounds."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0003_known_words_and_bounds"),
        ("people", "0004_known_words_and_bounds"),
        ("privacy", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="legalhold_is_seen_by_somebody"
            ),
        ),
    ]
