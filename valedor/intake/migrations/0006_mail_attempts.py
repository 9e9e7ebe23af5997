"""Mails are counted by their sender, as forms are by network address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0005_known_words_and_bounds"),
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
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["submission", "wrong_code", "mail"])),
                name="attempt_what_is_known",
            ),
        ),
    ]
