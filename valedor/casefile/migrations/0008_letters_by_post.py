"""What the post says of letters: brought back, or delivered."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0007_emergencies"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="returned",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown", "unknown at this address"),
                    ("moved", "moved away"),
                    ("refused", "not accepted"),
                    ("not_collected", "not collected"),
                ],
                default="",
                max_length=15,
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(
                    ("arrived_at", None), ("channel", "letter"), ("state", "accepted")
                ),
                fields=["entity", "accepted_at", "id"],
                name="letter_out_without_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned__in", ["unknown", "moved", "refused", "not_collected", ""])
                ),
                name="letter_returned_is_known",
            ),
        ),
    ]
