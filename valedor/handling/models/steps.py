"""What every step has: when it was taken and by whom."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import CaseRow


class Step(CaseRow):
    """A step that somebody took on a case. No ``by`` means that the house's own rules took it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta(CaseRow.Meta):
        abstract = True
