"""The signed link with which an author comes to the question. Whoever has it may answer."""

from django.conf import settings
from django.core import signing

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.social.models import PublicMessage

_SALT = "valedor public message"


def signed(message: PublicMessage) -> str:
    """What the address of the question ends with."""
    return signing.Signer(salt=_SALT).sign(str(message.pk))


def link_to(message: PublicMessage) -> str:
    """The whole address."""
    return f"{settings.PUBLIC_URL}/{message.entity.key}/public-message/{signed(message)}"


def message_of(text: str, entity_id: int) -> PublicMessage | None:
    """The message that a link of ours names at this entity; nothing for any other link."""
    try:
        number = int(signing.Signer(salt=_SALT).unsign(text))
    except (signing.BadSignature, ValueError):
        return None
    with viewing(the_house(entity_id)):
        found = PublicMessage.objects.select_related("entity", "case")
        return found.filter(pk=number, entity=entity_id).first()
