"""The database takes no word that a column does not know, and no number past its bounds."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0003_known_words_and_bounds"),
        ("intake", "0004_set_aside"),
        ("people", "0004_known_words_and_bounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["submission", "wrong_code"])),
                name="attempt_what_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedstretch",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_record__gte", models.F("first_record"))),
                name="stretch_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="importreject",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="rejected_row_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="set_aside_is_seen_by_somebody"
            ),
        ),
    ]
