"""The database takes no word that a column does not know, and no number past its bounds."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_cache"),
    ]
    operations = [
        migrations.RemoveConstraint(
            model_name="entity",
            name="entity_speaks_its_default_language",
        ),
        migrations.AlterField(
            model_name="account",
            name="language",
            field=models.CharField(
                choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                default="en",
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                    max_length=5,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="entity",
            name="default_language",
            field=models.CharField(
                choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")], max_length=5
            ),
        ),
        migrations.AlterField(
            model_name="entity",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")],
                    max_length=5,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="language",
            field=models.CharField(
                choices=[("es", "es"), ("ca", "ca"), ("pt-br", "pt-br"), ("en", "en")], max_length=5
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="account_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("languages__contained_by", ["es", "ca", "pt-br", "en"])),
                name="account_languages_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["email", "telephone", "post"])),
                name="contact_point_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entity",
            constraint=models.CheckConstraint(
                condition=models.Q(("languages__contains", [models.F("default_language")])),
                name="entity_speaks_its_default_language",
            ),
        ),
        migrations.AddConstraint(
            model_name="entity",
            constraint=models.CheckConstraint(
                condition=models.Q(("trade_answer_hours__in", [24, 48])),
                name="entity_answers_the_trade_in_a_day_or_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="entity",
            constraint=models.CheckConstraint(
                condition=models.Q(("languages__contained_by", ["es", "ca", "pt-br", "en"])),
                name="entity_languages_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entity",
            constraint=models.CheckConstraint(
                condition=models.Q(("default_language__in", ["es", "ca", "pt-br", "en"])),
                name="entity_default_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["file", "act", "collect"])),
                name="mandate_scope_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["grant_role", "reset_sign_in", "change_email"])),
                name="office_request_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officerequest",
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
                            "",
                        ],
                    )
                ),
                name="office_request_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["es", "ca", "pt-br", "en"])),
                name="person_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
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
                name="role_grant_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["general", "complex", "area", "ombudsman"])),
                name="team_purpose_is_known",
            ),
        ),
    ]
