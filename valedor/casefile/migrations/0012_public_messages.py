"""A further channel: public messages, brought in with their author's consent."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0011_own_teams_only"),
        ("people", "0013_teams_of_another_house"),
        ("procedures", "0003_emergencies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="case_channel_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_answer_channel_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_channel_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_channel_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="rawmessage",
            name="raw_message_channel_is_known",
        ),
        migrations.AlterField(
            model_name="case",
            name="answer_channel",
            field=models.CharField(
                choices=[
                    ("web_form", "Web form"),
                    ("email", "E-mail"),
                    ("telephone", "Telephone"),
                    ("chat", "Chat"),
                    ("sms", "SMS"),
                    ("letter", "Letter"),
                    ("fax", "Fax"),
                    ("in_person", "In person"),
                    ("social", "Public message"),
                    ("api", "API"),
                    ("import", "Imported"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web_form", "Web form"),
                    ("email", "E-mail"),
                    ("telephone", "Telephone"),
                    ("chat", "Chat"),
                    ("sms", "SMS"),
                    ("letter", "Letter"),
                    ("fax", "Fax"),
                    ("in_person", "In person"),
                    ("social", "Public message"),
                    ("api", "API"),
                    ("import", "Imported"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web_form", "Web form"),
                    ("email", "E-mail"),
                    ("telephone", "Telephone"),
                    ("chat", "Chat"),
                    ("sms", "SMS"),
                    ("letter", "Letter"),
                    ("fax", "Fax"),
                    ("in_person", "In person"),
                    ("social", "Public message"),
                    ("api", "API"),
                    ("import", "Imported"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web_form", "Web form"),
                    ("email", "E-mail"),
                    ("telephone", "Telephone"),
                    ("chat", "Chat"),
                    ("sms", "SMS"),
                    ("letter", "Letter"),
                    ("fax", "Fax"),
                    ("in_person", "In person"),
                    ("social", "Public message"),
                    ("api", "API"),
                    ("import", "Imported"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="rawmessage",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web_form", "Web form"),
                    ("email", "E-mail"),
                    ("telephone", "Telephone"),
                    ("chat", "Chat"),
                    ("sms", "SMS"),
                    ("letter", "Letter"),
                    ("fax", "Fax"),
                    ("in_person", "In person"),
                    ("social", "Public message"),
                    ("api", "API"),
                    ("import", "Imported"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web_form",
                            "email",
                            "telephone",
                            "chat",
                            "sms",
                            "letter",
                            "fax",
                            "in_person",
                            "social",
                            "api",
                            "import",
                        ],
                    )
                ),
                name="case_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "answer_channel__in",
                        [
                            "web_form",
                            "email",
                            "telephone",
                            "chat",
                            "sms",
                            "letter",
                            "fax",
                            "in_person",
                            "social",
                            "api",
                            "import",
                        ],
                    )
                ),
                name="case_answer_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web_form",
                            "email",
                            "telephone",
                            "chat",
                            "sms",
                            "letter",
                            "fax",
                            "in_person",
                            "social",
                            "api",
                            "import",
                        ],
                    )
                ),
                name="letter_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web_form",
                            "email",
                            "telephone",
                            "chat",
                            "sms",
                            "letter",
                            "fax",
                            "in_person",
                            "social",
                            "api",
                            "import",
                        ],
                    )
                ),
                name="message_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rawmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web_form",
                            "email",
                            "telephone",
                            "chat",
                            "sms",
                            "letter",
                            "fax",
                            "in_person",
                            "social",
                            "api",
                            "import",
                        ],
                    )
                ),
                name="raw_message_channel_is_known",
            ),
        ),
    ]
