"""What somebody typed on the desk when they were signed in no longer."""

from django.conf import settings
from django.db import models


class UnsentPost(models.Model):
    """A post that came too late to be done, kept for two hours for whoever typed it.

    Where it was going and what it said are sealed under a key that only their browser holds
    (``people.unsent``); ``browser_digest`` finds the row and opens nothing.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    browser_digest = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    at = models.DateTimeField(db_index=True)
