"""The salt lies with what it seals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_salt_with_what_it_seals")]
    operations = [
        migrations.AlterField("unsentpost", "salt", models.BinaryField(max_length=16, default=b"")),
        migrations.RemoveField("unsentpost", "salt"),
    ]
