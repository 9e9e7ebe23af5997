"""When the network says that a short message reached its telephone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0005_told_of_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="arrived_at",
            field=models.DateTimeField(null=True),
        ),
    ]
