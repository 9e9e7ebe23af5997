"""What a scanner says of a document; none has looked at those of before."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0003_known_words_and_bounds"),
        ("people", "0008_no_salt_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="found",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="document",
            name="looked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="scan",
            field=models.CharField(
                choices=[
                    ("unscanned", "Unscanned"),
                    ("clean", "Clean"),
                    ("infected", "Infected"),
                    ("released", "Released"),
                ],
                default="unscanned",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("erased_at", None), ("scan", "unscanned")),
                fields=["id"],
                name="document_unscanned",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("scan__in", ["unscanned", "clean", "infected", "released"])),
                name="document_scan_is_known",
            ),
        ),
    ]
