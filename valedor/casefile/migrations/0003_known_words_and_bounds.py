"""The database takes no word that a column does not know, and no number past its bounds."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0002_walls"),
        ("people", "0004_known_words_and_bounds"),
        ("procedures", "0002_known_words_and_bounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            model_name="case",
            name="language",
            field=models.CharField(
                choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")], max_length=5
            ),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="unit",
            field=models.CharField(
                choices=[
                    ("hours", "hours"),
                    ("calendar_days", "calendar_days"),
                    ("business_days", "business_days"),
                    ("months", "months"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="deadlineevent",
            name="unit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("hours", "hours"),
                    ("calendar_days", "calendar_days"),
                    ("business_days", "business_days"),
                    ("months", "months"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="language",
            field=models.CharField(
                choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")], max_length=5
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="case_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__range", (0, 3))),
                name="case_severity_is_none_to_serious",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("book_number", None), ("book_year", None)),
                    models.Q(("book_number__gte", 1), ("book_year__isnull", False)),
                    _connector="OR",
                ),
                name="book_number_has_its_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "enquiry",
                            "order",
                            "booking",
                            "technical_support",
                            "incident",
                            "complaint",
                            "claim",
                            "suggestion",
                            "thanks",
                            "cancellation",
                            "after_sales",
                            "data_request",
                            "report",
                        ],
                    )
                ),
                name="case_kind_is_known",
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
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="case_language_is_known",
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
                            "api",
                            "import",
                        ],
                    )
                ),
                name="case_answer_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "received",
                            "incomplete",
                            "assessed",
                            "investigation",
                            "awaiting_complainant",
                            "decided",
                            "answered_not_sent",
                            "answered",
                            "contested",
                            "closed",
                        ],
                    )
                ),
                name="case_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("difficulty__in", ["simple", "demanding", "complex", ""])),
                name="case_difficulty_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("urgency__in", ["none", "due_soon", "overdue"])),
                name="case_urgency_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_precision__in", ["moment", "day", "month"])),
                name="case_received_precision_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="deadline_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["law", "promise", "target"])),
                name="deadline_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unit__in", ["hours", "calendar_days", "business_days", "months"])
                ),
                name="deadline_unit_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["running", "paused", "held", "met", "missed", "dropped"])
                ),
                name="deadline_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="deadlineevent_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unit__in", ["hours", "calendar_days", "business_days", "months", ""])
                ),
                name="deadline_event_unit_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="document_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["complainant", "company", "ombudsman", "body"])),
                name="document_side_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="entry_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence__gte", 1)), name="entries_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "received",
                            "incomplete",
                            "assessed",
                            "investigation",
                            "awaiting_complainant",
                            "decided",
                            "answered_not_sent",
                            "answered",
                            "contested",
                            "closed",
                        ],
                    )
                ),
                name="entry_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actor__in", ["staff", "complainant", "representative", "system", "body"])
                ),
                name="entry_actor_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrycontent",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="entrycontent_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="grievance_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordinal__gte", 1)), name="grievances_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="instance",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="instance_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="instance",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordinal__gte", 1)), name="instances_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="instance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "company",
                            "review",
                            "ombudsman",
                            "sector_body",
                            "mediation",
                            "arbitration",
                            "supervisor",
                            "court",
                        ],
                    )
                ),
                name="instance_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="letter_is_seen_by_somebody"
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
                            "api",
                            "import",
                        ],
                    )
                ),
                name="letter_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="letter_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["queued", "sending", "waiting", "accepted", "refused", "cancelled"],
                    )
                ),
                name="letter_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="message_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["in", "out"])),
                name="message_direction_is_known",
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
                condition=models.Q(("seats__range", (1, 15))),
                name="raw_message_is_seen_by_somebody",
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
                            "api",
                            "import",
                        ],
                    )
                ),
                name="raw_message_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rawmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["arrived", "registered", "held", "draft", "set_aside", "erased"])
                ),
                name="raw_message_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="refuseddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="refuseddocument_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="walledsearchtext",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="walled_words_are_seen_by_somebody",
            ),
        ),
    ]
