"""The database takes no word that a column does not know, and no number past its bounds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
        ("people", "0004_known_words_and_bounds"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes", []), _negated=True), name="token_has_a_scope"
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scopes__contained_by", ["cases:register", "cases:read", "cases:write"])
                ),
                name="api_token_scopes_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="givenanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__range", (200, 499))),
                name="no_failure_of_ours_is_given_again",
            ),
        ),
    ]
