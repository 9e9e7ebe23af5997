"""A case before bodies outside the house: referrals, positions, hearing dates, proposals."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0013_files_of_the_office"),
        ("disputes", "0002_walls"),
        ("handling", "0022_body_asks"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=3)),
                ("kind", models.CharField(max_length=60)),
                ("body", models.SlugField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=200)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("facilitative", "It helps both sides to agree."),
                            ("advisory", "It says in a reasoned report who is right."),
                            ("determinative", "It decides the matter."),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "by_side",
                    models.CharField(
                        choices=[
                            ("complainant", "The person"),
                            ("company", "The company"),
                            ("body", "The body itself"),
                        ],
                        max_length=11,
                    ),
                ),
                ("body_reference", models.CharField(blank=True, max_length=80)),
                ("filed_on", models.DateField(null=True)),
                ("notified_at", models.DateTimeField(null=True)),
                ("expected_on", models.DateField(null=True)),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bound", "It has joined the body, and takes part"),
                            ("accepted", "It takes part"),
                            ("declined", "It does not take part"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("fee", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "Turned to, no word from it yet"),
                            ("notified", "The company owes its word"),
                            ("heard", "Both sides are heard"),
                            ("concluded", "Concluded, to be carried out"),
                            ("over", "Over"),
                        ],
                        default="announced",
                        max_length=9,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("settled", "Settled"),
                            ("upheld", "Upheld"),
                            ("partly_upheld", "Partly Upheld"),
                            ("not_upheld", "Not Upheld"),
                            ("no_agreement", "No Agreement"),
                            ("inadmissible", "Inadmissible"),
                            ("not_accepted", "Not Accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="",
                        max_length=13,
                    ),
                ),
                ("concluded_on", models.DateField(null=True)),
                ("binds", models.BooleanField(default=False)),
                ("appeal_by", models.DateField(null=True)),
                (
                    "follows",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "The company does what it asks"),
                            ("no", "The company does not do what it asks"),
                        ],
                        default="",
                        max_length=3,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("over_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.deadline",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "instance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.instance",
                    ),
                ),
                (
                    "redress",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="handling.redress",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=3)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("answer_by", models.DateField(null=True)),
                ("not_before", models.DateField(null=True)),
                (
                    "company",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepts"), ("declined", "Does not accept")],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "complainant",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepts"), ("declined", "Does not accept")],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="disputes.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=3)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("complainant", "The person"),
                            ("company", "The company"),
                            ("body", "The body itself"),
                        ],
                        max_length=11,
                    ),
                ),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.document",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.entry",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="disputes.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HearingDate",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=3)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=60)),
                ("place", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("set", "Set"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="set",
                        max_length=9,
                    ),
                ),
                ("moved", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.TextField(blank=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.document",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_dates",
                        to="disputes.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["entity", "state", "opened_at"], name="before_bodies_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["entity", "over_at"], name="over_at_bodies"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="referral_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "over"), _negated=True),
                fields=("case", "kind", "name"),
                name="before_a_body_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "over"), _negated=True),
                    models.Q(models.Q(("result", ""), _negated=True), ("over_at__isnull", False)),
                    _connector="OR",
                ),
                name="referral_over_has_its_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fee", None),
                    models.Q(("fee__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="referral_fee_is_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["facilitative", "advisory", "determinative"])),
                name="referral_method_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_side__in", ["complainant", "company", "body"])),
                name="referral_by_side_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["bound", "accepted", "declined", ""])),
                name="referral_part_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["announced", "notified", "heard", "concluded", "over"])
                ),
                name="referral_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "result__in",
                        [
                            "settled",
                            "upheld",
                            "partly_upheld",
                            "not_upheld",
                            "no_agreement",
                            "inadmissible",
                            "not_accepted",
                            "withdrawn",
                            "",
                        ],
                    )
                ),
                name="referral_result_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("follows__in", ["yes", "no", ""])),
                name="referral_follows_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="proposal_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("company__in", ["accepted", "declined", ""])),
                name="proposal_company_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("complainant__in", ["accepted", "declined", ""])),
                name="proposal_complainant_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="position_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["complainant", "company", "body"])),
                name="position_side_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingdate",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))),
                name="hearingdate_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingdate",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["set", "held", "cancelled"])),
                name="hearing_date_state_is_known",
            ),
        ),
    ]
