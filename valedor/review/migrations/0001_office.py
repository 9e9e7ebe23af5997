"""Who holds the ombudsman's office, and its files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import valedor.foundation.ids
import valedor.foundation.multilingual


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casefile", "0013_files_of_the_office"),
        ("people", "0015_consent_to_promotion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("standing", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("appointed_by", models.CharField(max_length=200)),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="people.entity",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "substitute_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutes",
                        to="review.appointment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ties", models.TextField(blank=True)),
                ("declared_at", models.DateTimeField()),
                ("valid_until", models.DateField()),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="review.appointment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hearing",
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
                ("seats", models.PositiveSmallIntegerField(default=6)),
                ("file_reference", models.CharField(max_length=24)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("statement", "A statement"),
                            ("shown", "What the other side said"),
                            ("offer", "A proposal to settle"),
                            ("opinion", "An opinion"),
                        ],
                        max_length=9,
                    ),
                ),
                ("of", models.BigIntegerField()),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                ("seats", models.PositiveSmallIntegerField(default=5)),
                (
                    "by_side",
                    models.CharField(
                        choices=[
                            ("complainant", "The person"),
                            ("company", "The company"),
                            ("third", "An expert or an authority"),
                        ],
                        max_length=11,
                    ),
                ),
                ("option", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for a word"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Opinion",
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
                ("seats", models.PositiveSmallIntegerField(default=4)),
                ("principles", models.TextField(blank=True)),
                ("binds", models.BooleanField(default=False)),
                ("answer_by", models.DateTimeField(null=True)),
                ("drafted_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "The company follows it"),
                            ("refused", "The company does not follow it"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("answer_reasons", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("carried_out_text", models.TextField(blank=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
                (
                    "verified",
                    models.CharField(
                        blank=True,
                        choices=[("done", "Carried out"), ("not_done", "Not carried out")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("verified_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
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
                ("seats", models.PositiveSmallIntegerField(default=4)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("upheld", "Upheld"),
                            ("partly_upheld", "Partly upheld"),
                            ("not_upheld", "Not upheld"),
                            ("inadmissible", "Not admitted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reasons", models.TextField()),
                ("to_do", models.TextField(blank=True)),
                ("do_by", models.DateField(null=True)),
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
                    "grievance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.grievance",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
                        to="review.opinion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Proceeding",
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
                ("seats", models.PositiveSmallIntegerField(default=5)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("dissatisfied", "The answer does not satisfy"),
                            ("no_answer", "No answer came in time"),
                            ("first_hand", "Brought straight to the office"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "To be admitted"),
                            ("incomplete", "Something is missing"),
                            ("passed_on", "The company answers first"),
                            ("admitted", "Both sides are heard"),
                            ("decided", "The opinion is given"),
                            ("settled", "Settled"),
                            ("refused", "Not admitted"),
                            ("withdrawn", "Withdrawn"),
                            ("carried_out", "Over"),
                        ],
                        default="received",
                        max_length=11,
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_complained", "The company was not asked first, and may be"),
                            ("too_late", "It came after the time for it"),
                            ("elsewhere", "A court or another body has it, or has decided it"),
                            ("not_ours", "It is no matter for this office"),
                            ("above_amount", "It is about more than this office may deal with"),
                            ("decided_before", "The office has decided the same before"),
                            ("nothing_to_decide", "What is needed to decide was not sent"),
                        ],
                        default="",
                        max_length=17,
                    ),
                ),
                ("back_on", models.DateField(null=True)),
                ("brought_at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProvenFact",
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
                ("seats", models.PositiveSmallIntegerField(default=4)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("shown_by", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "document",
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
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="review.opinion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("seats", models.PositiveSmallIntegerField(default=5)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("complainant", "The person"),
                            ("company", "The company"),
                            ("third", "An expert or an authority"),
                        ],
                        max_length=11,
                    ),
                ),
                ("whom", models.CharField(blank=True, max_length=200)),
                ("is_official", models.BooleanField(default=False)),
                ("question", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(null=True)),
                ("text", models.TextField(blank=True)),
                ("given_at", models.DateTimeField(null=True)),
                ("shared_text", models.TextField(blank=True)),
                ("shared_at", models.DateTimeField(null=True)),
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
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.entry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("begins_on"))),
                name="appointment_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                ),
                name="appointment_ended_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="hearing",
            index=models.Index(
                condition=models.Q(("answered_at", None), ("ended_at", None)),
                fields=["entity", "answer_by"],
                name="office_waits_for_company",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="hearing_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["statement", "shown", "offer", "opinion"])),
                name="hearing_what_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="offer_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("case",),
                name="one_open_offer_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount", None),
                    models.Q(("amount__gt", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="offered_amount_is_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_side__in", ["complainant", "company", "third"])),
                name="offer_by_side_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "accepted", "declined"])),
                name="offer_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="opinion_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(fields=("case",), name="one_opinion_a_file"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "refused"), _negated=True),
                    models.Q(("answer_reasons", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_opinion_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["accepted", "refused", ""])),
                name="opinion_answer_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("verified__in", ["done", "not_done", ""])),
                name="opinion_verified_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="conclusion_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.UniqueConstraint(
                fields=("opinion", "grievance"), name="a_point_concluded_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["upheld", "partly_upheld", "not_upheld", "inadmissible", "withdrawn"],
                    )
                ),
                name="conclusion_outcome_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="proceeding",
            index=models.Index(fields=["entity", "state", "brought_at"], name="office_by_state"),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="proceeding_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.UniqueConstraint(fields=("case",), name="one_proceeding_a_file"),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("about__isnull", False),
                    models.Q(("state__in", ["refused", "withdrawn"]), _negated=True),
                ),
                fields=("about",),
                name="brought_to_the_office_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="refused_file_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "passed_on"), _negated=True),
                    ("back_on__isnull", False),
                    _connector="OR",
                ),
                name="passed_on_file_comes_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["dissatisfied", "no_answer", "first_hand"])),
                name="proceeding_ground_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "incomplete",
                            "passed_on",
                            "admitted",
                            "decided",
                            "settled",
                            "refused",
                            "withdrawn",
                            "carried_out",
                        ],
                    )
                ),
                name="proceeding_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "refusal__in",
                        [
                            "not_complained",
                            "too_late",
                            "elsewhere",
                            "not_ours",
                            "above_amount",
                            "decided_before",
                            "nothing_to_decide",
                            "",
                        ],
                    )
                ),
                name="proceeding_refusal_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="provenfact",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="provenfact_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="statement_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["complainant", "company", "third"])),
                name="statement_side_is_known",
            ),
        ),
    ]
