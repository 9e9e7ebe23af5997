"""Until when the person is given to say that they do not agree; none for answers of before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handling", "0003_known_words_and_bounds")]
    operations = [
        migrations.AddField(
            model_name="response",
            name="react_by",
            field=models.DateTimeField(null=True),
        ),
    ]
