"""The database takes no word that a column does not know, and no number past its bounds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_known_words_and_bounds"),
        ("procedures", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="authoritylimit",
            name="role",
            field=models.CharField(
                choices=[
                    ("agent", "Agent"),
                    ("handler", "Handler"),
                    ("lead", "Team lead"),
                    ("approver", "Approver"),
                    ("area", "Answers for an area"),
                    ("ombudsman", "Ombudsman"),
                    ("ombudsman_clerk", "Clerk of the ombudsman"),
                    ("auditor", "Auditor"),
                    ("administrator", "Administrator"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="internaltarget",
            name="unit",
            field=models.CharField(
                choices=[
                    ("hours", "hours"),
                    ("calendar_days", "calendar_days"),
                    ("business_days", "business_days"),
                    ("months", "months"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritylimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="authority_is_no_debt"
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritylimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "agent",
                            "handler",
                            "lead",
                            "approver",
                            "area",
                            "ombudsman",
                            "ombudsman_clerk",
                            "auditor",
                            "administrator",
                        ],
                    )
                ),
                name="authority_limit_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="internaltarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("length__gte", 1)), name="target_leaves_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="internaltarget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unit__in", ["hours", "calendar_days", "business_days", "months"])
                ),
                name="internal_target_unit_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="letter_templates_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="privacynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="privacy_notices_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="redressoption",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_to_carry_out__range", (1, 366))),
                name="redress_option_is_carried_out_within_a_year",
            ),
        ),
    ]
