"""Public messages whose author did not answer: what they said is removed, that they were asked
stays.
"""

from datetime import datetime

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.social.models import PublicMessage
from valedor.channels.social.social_rules import ANSWERED_WITHIN


def forget_unanswered(at: datetime) -> int:
    """Remove text, name and address after thirty days; of how many messages."""
    with viewing(the_house()):
        return PublicMessage.objects.filter(
            state=PublicMessage.State.ASKED, noted_at__lte=at - ANSWERED_WITHIN
        ).update(state=PublicMessage.State.LAPSED, settled_at=at, text="", author="", address="")
