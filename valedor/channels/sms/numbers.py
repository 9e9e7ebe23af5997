"""Numbers that write and are written to, and the ones that want no more."""

import hmac

import phonenumbers
from django.conf import settings

from valedor.channels.sms.models import SmsStop
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Entity


def number_of(said: str, entity: Entity) -> str:
    """What two ways of writing one number have in common: E.164 where it is a number of a plan.

    Networks write a number with its country and without the plus.
    """
    bare = said.strip()
    if bare.isascii() and bare.isdigit() and len(bare) >= 10:
        bare = f"+{bare}"
    return normalised(ContactPoint.Kind.TELEPHONE, bare, entity.country)


def takes_messages(said: str, entity: Entity) -> bool:
    """Whether a numbering plan knows this number, and not as a line on a wall."""
    try:
        number = phonenumbers.parse(number_of(said, entity), entity.country)
    except phonenumbers.NumberParseException:
        return False
    fixed = phonenumbers.PhoneNumberType.FIXED_LINE
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) != fixed


def number_at(point: ContactPoint, entity: Entity) -> str:
    """The number of a contact point, read as one of the entity's country."""
    return normalised(ContactPoint.Kind.TELEPHONE, point.value, entity.country)


def digest_of(number: str) -> bytes:
    """By what a number that stopped is known again."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"sms stop " + number.encode(), "sha256")[:16]


def has_stopped(number: str, entity: Entity) -> bool:
    """Whether they asked this entity for no more."""
    return SmsStop.objects.filter(entity=entity, digest=digest_of(number)).exists()
