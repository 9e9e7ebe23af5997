"""The digest of what was sent, so that the same words twice are one contact."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_reasons_of_rejected_rows"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attempt",
            name="attempt_what_is_known",
        ),
        migrations.AlterField(
            model_name="attempt",
            name="what",
            field=models.CharField(
                choices=[
                    ("submission", "Submission"),
                    ("wrong_code", "Wrong Code"),
                    ("mail", "Mail"),
                    ("content", "Content"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["submission", "wrong_code", "mail", "content"])),
                name="attempt_what_is_known",
            ),
        ),
    ]
