"""Note a public message, so that its author can be asked."""

from datetime import datetime

from valedor.casefile.models import Case, Kind
from valedor.casefile.viewing import Viewer
from valedor.channels.social.models import PublicMessage
from valedor.channels.social.social_rules import why_not_note
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account, Entity


def note_public_message(
    entity: Entity,
    *,
    network: str,
    address: str,
    author: str,
    text: str,
    kind: Kind,
    language: str,
    seen_at: datetime,
    case: Case | None = None,
    viewer: Viewer,
    by: Account,
    at: datetime,
) -> PublicMessage:
    """Keep it as it was seen. ``case`` is the one it is to be added to.

    Raises ``Refused``.
    """
    refuse_if(why_not_note(viewer, entity.pk, address=address, seen_at=seen_at, at=at))
    return PublicMessage.objects.create(
        entity=entity,
        case=case,
        network=network,
        address=address,
        author=author,
        text=text,
        kind=kind,
        language=language,
        seen_at=seen_at,
        noted_by=by,
        noted_at=at,
    )
