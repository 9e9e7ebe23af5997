"""How many days a person is given to say that they do not agree with an answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_unsent_posts")]
    operations = [
        migrations.AddField(
            model_name="entity",
            name="days_to_react",
            field=models.PositiveSmallIntegerField(default=10),
        ),
    ]
