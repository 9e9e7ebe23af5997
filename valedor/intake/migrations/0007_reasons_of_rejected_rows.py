"""A rejected row's reason keeps what fills it apart, so that each reader has it in their words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_mail_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="importreject",
            name="reason_values",
            field=models.JSONField(default=dict),
        ),
    ]
