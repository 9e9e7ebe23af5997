"""What can be ordered at an entity, and who has ordered it."""

from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models.rows import CaseRow
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.people.models import Entity, Team


class Product(models.Model):
    """Something that can be ordered: a new connection, a device, a copy of a bill.

    ``questions`` are what the organisation asks for it, one a line in each language
    (``questions.questions_of``). With ``at_home`` it is brought: the address is asked, too.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="products")
    key = models.SlugField(max_length=40)
    name = MultilingualField()
    about = MultilingualField()  # What it is, what it costs, what to have at hand.
    questions = MultilingualField()
    at_home = models.BooleanField(default=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="product_key_once_an_entity"),
        ]


@known_words_only
class Order(CaseRow):
    """That somebody ordered something, and how far it has come.

    ``answers`` are the questions as they were put, each with what was answered. ``ready_on`` is the
    day that the house named when it confirmed the order.
    """

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("order", "Received")
        CONFIRMED = "confirmed", pgettext_lazy("order", "Confirmed")
        PREPARING = "preparing", pgettext_lazy("order", "Being prepared")
        FULFILLED = "fulfilled", pgettext_lazy("order", "Delivered")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    class CancelledBy(models.TextChoices):
        PERSON = "person"
        HOUSE = "house"

    product = models.ForeignKey(Product, models.PROTECT, related_name="orders")
    answers = models.JSONField(default=list)  # [[question, answer], …]
    address = models.TextField(blank=True)  # Where it is brought.
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    cancelled_by = models.CharField(
        max_length=10, choices=CancelledBy.choices, blank=True, default=""
    )
    ready_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], name="one_order_a_case"),
            models.CheckConstraint(
                name="cancelled_order_says_by_whom",
                condition=models.Q(state="cancelled", cancelled_by__in=["person", "house"])
                | (~models.Q(state="cancelled") & models.Q(cancelled_by="")),
            ),
            models.CheckConstraint(
                name="order_that_is_over_says_when",
                condition=models.Q(state__in=["fulfilled", "cancelled"], settled_at__isnull=False)
                | (~models.Q(state__in=["fulfilled", "cancelled"]) & models.Q(settled_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["entity", "state", "made_at"], name="order_by_state")]
