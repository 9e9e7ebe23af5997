"""What was noticed of somebody's manner: read while it holds, and forgotten by itself."""

from datetime import datetime

from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.knowledge.guidance_rules import USUALLY_KEPT
from valedor.knowledge.models import Impression, ImpressionRule


def days_kept(entity_id: int) -> int:
    """For how many days an entity keeps it."""
    rule = ImpressionRule.objects.filter(entity=entity_id).first()
    return rule.days if rule else USUALLY_KEPT


def impression_of(case: Case, at: datetime) -> str:
    """How the person came across in this contact; empty where nobody noted it, or it is over.

    Needs a viewer who sees the case: row policies hold.
    """
    if case.closed_at is not None:
        return ""
    found = Impression.objects.filter(case=case, expires_at__gt=at)
    return found.values_list("manner", flat=True).first() or ""


def forget_impressions(at: datetime) -> int:
    """Remove what is past its day, and what belongs to a conversation that is over; how many."""
    with viewing(the_house()):
        past, _by_model = Impression.objects.filter(expires_at__lte=at).delete()
        over, _by_model = Impression.objects.filter(case__closed_at__isnull=False).delete()
    return past + over
