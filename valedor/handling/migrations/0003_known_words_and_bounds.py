"""The database takes no word that a column does not know, and no number past its bounds."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0003_known_words_and_bounds"),
        ("handling", "0002_walls"),
        ("people", "0004_known_words_and_bounds"),
        ("procedures", "0002_known_words_and_bounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            model_name="redress",
            name="kind",
            field=models.CharField(max_length=40),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="acknowledgement_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="alarm_is_seen_by_somebody"
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
                        ],
                    )
                ),
                name="alarm_cause_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="approval_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="areanotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="areanotice_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="assessment_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("people_affected__gte", 1)), name="assessment_concerns_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", [1, 2, 3])), name="assessment_severity_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("difficulty__in", ["simple", "demanding", "complex"])),
                name="assessment_difficulty_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="assignment_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="casepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="casepart_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="closure_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "agreed",
                            "answered",
                            "withdrawn",
                            "inadmissible",
                            "not_completed",
                            "no_answer_needed",
                        ],
                    )
                ),
                name="closure_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="correction_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="curerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="curerequest_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="decision_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["upheld", "partly_upheld", "not_upheld", "inadmissible", "withdrawn"],
                    )
                ),
                name="decision_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delaynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="delaynotice_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="draft_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="finding_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["complainant", "company", "third"])),
                name="finding_side_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="findingevidence_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="inquiry_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("to__in", ["complainant", "area"])), name="inquiry_to_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="recusal_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="redress",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="redress_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="redress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount", None),
                    models.Q(("amount__gt", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="redress_amount_is_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="redress",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_to_carry_out__range", (1, 366))),
                name="redress_is_carried_out_within_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="redress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "awaiting_approval",
                            "rejected",
                            "approved",
                            "offered",
                            "accepted",
                            "declined",
                            "carried_out",
                            "withdrawn",
                        ],
                    )
                ),
                name="redress_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="reopening_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="response_is_seen_by_somebody"
            ),
        ),
    ]
