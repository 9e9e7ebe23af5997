"""Somebody let in to a case beside the person: as what, how far, until when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import CaseRow, Document
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Person


@known_words_only
class Participant(CaseRow):
    """Somebody whom the person let in to one case, or whose mandate on paper the house recorded.

    They have a record (``person``) of their own, with their address and language: it is nobody
    else's and goes with the case. ``code_digest`` is of a code of their own, for whoever has no
    e-mail. A file of the ombudsman's office and the company's case each have rows of their own:
    being let in to the one opens nothing of the other.
    """

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", _("Representative")
        ASSOCIATION = "association", _("Consumer association")
        INTERPRETER = "interpreter", _("Interpreter")
        COMPANION = "companion", _("Family or somebody else who goes along")

    class Scope(models.TextChoices):
        """Each holds what stands before it."""

        READ = "read", pgettext_lazy("what somebody let in may do", "May read")
        WRITE = "write", pgettext_lazy("what somebody let in may do", "May read and write")
        ACT = (
            "act",
            pgettext_lazy(
                "what somebody let in may do", "May act for the person: accept, contest, withdraw"
            ),
        )
        COLLECT = (
            "collect",
            pgettext_lazy("what somebody let in may do", "May act, and accept money too"),
        )

    class Ending(models.TextChoices):
        LET_OUT = "let_out", _("Let out by the person")
        LEFT = "left", _("Left by themselves")
        EXPIRED = "expired", _("The time was over")
        BY_THE_HOUSE = "by_the_house", _("Ended by the house")

    class Opened(models.TextChoices):
        """What somebody let in can look at."""

        PAGE = "page", _("the page of the case")
        LETTER = "letter", _("a letter")
        DOCUMENT = "document", _("a document")
        RECEIPT = "receipt", _("the receipt")
        PRINT = "print", _("everything, for paper")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=14, choices=Role.choices)
    organisation = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=7, choices=Scope.choices, default=Scope.READ)
    gets_letters = models.BooleanField(default=False)
    code_digest = models.BinaryField(max_length=32, null=True)

    basis = models.CharField(max_length=200, blank=True)  # Of a mandate on paper.
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(  # Empty where the person let them in themselves.
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    let_in_at = models.DateTimeField()
    expires_on = models.DateField(null=True)  # The last day; without one, the end of the case.
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True, default="")
    end_reason = models.CharField(max_length=400, blank=True)

    last_opened = models.CharField(max_length=8, choices=Opened.choices, blank=True, default="")
    last_opened_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="record_of_one_participant"),
            models.CheckConstraint(
                name="interpreters_decide_nothing",
                condition=~models.Q(role="interpreter") | models.Q(scope__in=["read", "write"]),
            ),
            models.CheckConstraint(
                name="participation_ends_somehow",
                condition=models.Q(ended_at=None, ending="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ending="")),
            ),
        ]
