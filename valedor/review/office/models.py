"""Who holds the office, and what is done in its files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import Case, CaseRow, Deadline, Document, Entry, Grievance
from valedor.casefile.seats import OFFICE_FILE, Seat
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.handling.models import Decision
from valedor.people.models import Entity

_TABLE = int(OFFICE_FILE)


class Appointment(models.Model):
    """That somebody holds the office at an entity, from a day until a day: a public record.

    ``standing`` says what makes them fit for it and what they are recognised for, ``appointed_by``
    which body of the organisation named them. A substitute acts where whoever they stand in for may
    not. Nobody holds the office before they have declared their ties (``Declaration``).
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="appointments")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = MultilingualField()
    standing = MultilingualField()
    appointed_by = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField()
    substitute_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="substitutes"
    )
    ended_on = models.DateField(null=True)  # Before its term was over…
    end_reason = models.TextField(blank=True)  # …and why.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=models.Q(ends_on__gt=models.F("begins_on")),
            ),
            models.CheckConstraint(
                name="appointment_ended_for_a_reason",
                condition=models.Q(ended_on=None) | ~models.Q(end_reason=""),
            ),
        ]


class Declaration(models.Model):
    """What ties whoever holds the office has declared, and until when that stands; empty for none.

    Renewed each year: a declaration that has run out leaves the office without new files.
    """

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="declarations")
    ties = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    valid_until = models.DateField()


@known_words_only
class Proceeding(CaseRow):
    """What a file of the office is about, and how far it has come.

    ``about`` is the company's case, where there is one; empty for what somebody brought first-hand.
    """

    class Ground(models.TextChoices):
        DISSATISFIED = "dissatisfied", _("The answer does not satisfy")
        NO_ANSWER = "no_answer", _("No answer came in time")
        FIRST_HAND = "first_hand", _("Brought straight to the office")

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("file of the office", "To be admitted")
        INCOMPLETE = "incomplete", pgettext_lazy("file of the office", "Something is missing")
        PASSED_ON = "passed_on", pgettext_lazy("file of the office", "The company answers first")
        ADMITTED = "admitted", pgettext_lazy("file of the office", "Both sides are heard")
        DECIDED = "decided", pgettext_lazy("file of the office", "The opinion is given")
        SETTLED = "settled", pgettext_lazy("file of the office", "Settled")
        REFUSED = "refused", pgettext_lazy("file of the office", "Not admitted")
        WITHDRAWN = "withdrawn", pgettext_lazy("file of the office", "Withdrawn")
        CARRIED_OUT = "carried_out", pgettext_lazy("file of the office", "Over")

    class Refusal(models.TextChoices):
        NOT_COMPLAINED = "not_complained", _("The company was not asked first, and may be")
        TOO_LATE = "too_late", _("It came after the time for it")
        ELSEWHERE = "elsewhere", _("A court or another body has it, or has decided it")
        NOT_OURS = "not_ours", _("It is no matter for this office")
        ABOVE_AMOUNT = "above_amount", _("It is about more than this office may deal with")
        DECIDED_BEFORE = "decided_before", _("The office has decided the same before")
        NOTHING_TO_DECIDE = "nothing_to_decide", _("What is needed to decide was not sent")

    seats = models.PositiveSmallIntegerField(default=_TABLE)
    about = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    state = models.CharField(max_length=11, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=17, choices=Refusal.choices, blank=True, default="")
    back_on = models.DateField(null=True)  # When what was passed on comes back by itself.
    brought_at = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], name="one_proceeding_a_file"),
            models.UniqueConstraint(
                fields=["about"],
                condition=models.Q(about__isnull=False)
                & ~models.Q(state__in=["refused", "withdrawn"]),
                name="brought_to_the_office_once",
            ),
            models.CheckConstraint(
                name="refused_file_says_why",
                condition=models.Q(state="refused") & ~models.Q(refusal="")
                | ~models.Q(state="refused") & models.Q(refusal=""),
            ),
            models.CheckConstraint(
                name="passed_on_file_comes_back",
                condition=~models.Q(state="passed_on") | models.Q(back_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["entity", "state", "brought_at"], name="office_by_state")]


@known_words_only
class Statement(CaseRow):
    """What one side was asked to say and what it said; shown to the other side by an act."""

    class Side(models.TextChoices):
        COMPLAINANT = "complainant", pgettext_lazy("side before the office", "The person")
        COMPANY = "company", pgettext_lazy("side before the office", "The company")
        THIRD = "third", pgettext_lazy("side before the office", "An expert or an authority")

    seats = models.PositiveSmallIntegerField(default=_TABLE)
    side = models.CharField(max_length=11, choices=Side.choices)
    whom = models.CharField(max_length=200, blank=True)  # The expert, or the authority.
    is_official = models.BooleanField(default=False)  # Evidence for which the clock waits.
    question = models.TextField()
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", db_index=False)
    shared_text = models.TextField(blank=True)  # As the other side reads it.
    shared_at = models.DateTimeField(null=True)
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )


@known_words_only
class Offer(CaseRow):
    """A proposal to settle, by either side at any moment, and what the other said to it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("offer to settle", "Waits for a word")
        ACCEPTED = "accepted", pgettext_lazy("offer to settle", "Accepted")
        DECLINED = "declined", pgettext_lazy("offer to settle", "Declined")
        LAPSED = "lapsed", pgettext_lazy("offer to settle", "Not answered in time")

    seats = models.PositiveSmallIntegerField(default=_TABLE)
    by_side = models.CharField(max_length=11, choices=Statement.Side.choices)
    option = models.CharField(max_length=40)  # Key of the catalogue of redress.
    text = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="open"), name="one_open_offer_a_file"
            ),
            models.CheckConstraint(
                name="offered_amount_is_money",
                condition=models.Q(amount=None) | (models.Q(amount__gt=0) & ~models.Q(currency="")),
            ),
        ]


@known_words_only
class Opinion(CaseRow):
    """The reasoned opinion (dictamen, resolució, parecer): drafted inside, then signed once.

    ``principles`` are the rules and the principles of good practice and equity that it applies.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("opinion", "The company follows it")
        REFUSED = "refused", pgettext_lazy("opinion", "The company does not follow it")

    class Verified(models.TextChoices):
        DONE = "done", pgettext_lazy("opinion", "Carried out")
        NOT_DONE = "not_done", pgettext_lazy("opinion", "Not carried out")

    seats = models.PositiveSmallIntegerField(default=int(Seat.OMBUDSMAN))
    principles = models.TextField(blank=True)
    binds = models.BooleanField(default=False)
    answer_by = models.DateTimeField(null=True)
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True, default="")
    answer_reasons = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    carried_out_text = models.TextField(blank=True)  # What the company says it did.
    carried_out_at = models.DateTimeField(null=True)
    verified = models.CharField(max_length=8, choices=Verified.choices, blank=True, default="")
    verified_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], name="one_opinion_a_file"),
            models.CheckConstraint(
                name="refused_opinion_says_why",
                condition=~models.Q(answer="refused") | ~models.Q(answer_reasons=""),
            ),
        ]


class ProvenFact(CaseRow):
    """A fact that an opinion holds proved, and by what: documents of the file, and words."""

    seats = models.PositiveSmallIntegerField(default=int(Seat.OMBUDSMAN))
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="facts")
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField()
    shown_by = models.TextField()
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )


@known_words_only
class Conclusion(CaseRow):
    """What an opinion says of one point: upheld or not, why, and what the company has to do."""

    seats = models.PositiveSmallIntegerField(default=int(Seat.OMBUDSMAN))
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="conclusions")
    grievance = models.ForeignKey(Grievance, models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=15, choices=Decision.Outcome.choices)
    reasons = models.TextField()
    to_do = models.TextField(blank=True)
    do_by = models.DateField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["opinion", "grievance"], name="a_point_concluded_once"),
        ]


@known_words_only
class Hearing(CaseRow):
    """Something that the office addresses to the company, on the company's own case.

    All that the company knows of a file: what it is asked, until when, and what it said. ``file``
    names the file of the office, ``of`` the row there that is meant.
    """

    class What(models.TextChoices):
        STATEMENT = "statement", pgettext_lazy("asked by the office", "A statement")
        SHOWN = "shown", pgettext_lazy("asked by the office", "What the other side said")
        OFFER = "offer", pgettext_lazy("asked by the office", "A proposal to settle")
        OPINION = "opinion", pgettext_lazy("asked by the office", "An opinion")
        NOTICE = "notice", pgettext_lazy("asked by the office", "A notice: no word is needed")

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY | Seat.OMBUDSMAN))
    file = models.ForeignKey(Case, models.PROTECT, related_name="+")
    file_reference = models.CharField(max_length=24)
    what = models.CharField(max_length=9, choices=What.choices)
    of = models.BigIntegerField()
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)  # No word is needed any more.

    class Meta(CaseRow.Meta):
        indexes = [
            models.Index(
                fields=["entity", "answer_by"],
                condition=models.Q(answered_at=None, ended_at=None),
                name="office_waits_for_company",
            )
        ]
