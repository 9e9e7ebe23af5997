"""The salt lies with what it seals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0003_salt_with_what_it_seals")]
    operations = [
        migrations.AlterField(
            "givenanswer", "salt", models.BinaryField(max_length=16, default=b"")
        ),
        migrations.RemoveField("givenanswer", "salt"),
    ]
