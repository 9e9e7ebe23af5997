"""Calls for attention when another body asks the company."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0013_files_of_the_office"),
        ("handling", "0021_calls_of_the_office"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="alarm",
            name="alarm_cause_is_known",
        ),
        migrations.AlterField(
            model_name="alarm",
            name="cause",
            field=models.CharField(
                choices=[
                    ("due_soon", "Due Soon"),
                    ("overdue", "Overdue"),
                    ("nobody_eligible", "Nobody Eligible"),
                    ("letter_failed", "Letter Failed"),
                    ("wrong_codes", "Wrong Codes"),
                    ("person_wrote", "Person Wrote"),
                    ("cure_lapsed", "Cure Lapsed"),
                    ("redress_late", "Redress Late"),
                    ("area_late", "Area Late"),
                    ("document_held", "Document Held"),
                    ("call_back_late", "Call Back Late"),
                    ("nobody_on_duty", "Nobody On Duty"),
                    ("call_unanswered", "Call Unanswered"),
                    ("order_stands", "Order Stands"),
                    ("office_asks", "Office Asks"),
                    ("body_asks", "Body Asks"),
                    ("office_late", "Office Late"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "cause__in",
                        [
                            "due_soon",
                            "overdue",
                            "nobody_eligible",
                            "letter_failed",
                            "wrong_codes",
                            "person_wrote",
                            "cure_lapsed",
                            "redress_late",
                            "area_late",
                            "document_held",
                            "call_back_late",
                            "nobody_on_duty",
                            "call_unanswered",
                            "order_stands",
                            "office_asks",
                            "body_asks",
                            "office_late",
                        ],
                    )
                ),
                name="alarm_cause_is_known",
            ),
        ),
    ]
