"""What a release brings besides tables: packs and wordings of letters, kept under their
versions.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from valedor.people.models import Configuration
from valedor.procedures.letter_templates import publish_shipped
from valedor.procedures.publishing import publish_packs


@transaction.atomic
def publish(*, at: datetime) -> None:
    """Publish what is new or changed; cases keep the versions that they were received under."""
    if publish_packs(at=at):
        Configuration.objects.update(number=F("number") + 1)
    publish_shipped(at)
