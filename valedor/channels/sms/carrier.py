"""A letter as an SMS gateway takes it, or as the demonstration keeps it."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Letter
from valedor.channels.carriers import NotTaken
from valedor.channels.email import kept
from valedor.channels.sms import composing, kannel, twilio
from valedor.channels.sms.counting import size_of
from valedor.channels.sms.models import Gateway
from valedor.channels.sms.numbers import has_stopped, number_at, number_of
from valedor.foundation.sealed import CannotOpen, unseal
from valedor.people.models import ContactPoint, Entity

PASSWORD, SECRET = "sms gateway", "sms webhook"
REPORT_SALT = "valedor sms report"


def sending_gateway(entity: Entity | int) -> Gateway | None:
    """The gateway by which an entity sends: the first of its active ones that has an address."""
    found = Gateway.objects.filter(entity=entity, is_active=True)
    return (found if settings.DEMO else found.exclude(address="")).first()


def is_stopped(point: ContactPoint, entity: Entity) -> bool:
    """Whether whoever has this number asked for no more short messages."""
    if point.kind != ContactPoint.Kind.TELEPHONE:
        return False
    return has_stopped(number_at(point, entity), entity)


def why_it_waits(letter: Letter) -> str:
    """Why no short message leaves now, in the language of the house; empty where it does."""
    if sending_gateway(letter.case.entity):
        return ""
    with translation.override(letter.case.entity.default_language):
        return _("No SMS gateway is set.")


def can_go_now() -> Q:
    """Which of the letters that wait a gateway would take."""
    found = Gateway.objects.filter(is_active=True)
    sending = found if settings.DEMO else found.exclude(address="")
    return Q(
        channel=Case.Channel.SMS,
        contact_point__kind=ContactPoint.Kind.TELEPHONE,
        entity__in=sending.values("entity"),
    )


def hand_over(letter: Letter, *, at: datetime) -> str:
    """What the gateway said. Raises ``NotTaken``."""
    entity = letter.case.entity
    gateway = sending_gateway(entity)
    if gateway is None:
        raise NotTaken("no gateway")
    to = number_at(letter.contact_point, entity) if letter.contact_point else ""
    text = composing.words_of(letter)
    if not gateway.address:
        return _kept(
            gateway, to, text, key=str(letter.pk), subject=letter.subject,
            language=letter.language, at=at,
        )  # fmt: skip
    return _sent(gateway, to, text, report_to=report_address(gateway, letter))


def say(
    entity: Entity, to: str, text: str, *, key: str, subject: str, language: str, at: datetime
) -> str:
    """Words that are no letter, to a number of the house's own; what the gateway said.

    Raises ``NotTaken``, also where no gateway is set.
    """
    gateway = sending_gateway(entity)
    if gateway is None:
        raise NotTaken("no gateway")
    number = number_of(to, entity)
    if not gateway.address:
        return _kept(gateway, number, text, key=key, subject=subject, language=language, at=at)
    return _sent(gateway, number, text, report_to="")


def _sent(gateway: Gateway, to: str, text: str, *, report_to: str) -> str:
    try:
        password = unseal(bytes(gateway.password or b""), purpose=PASSWORD)
    except CannotOpen as error:
        raise NotTaken("the gateway's password cannot be opened: set it again") from error
    if gateway.protocol == Gateway.Protocol.TWILIO:
        return twilio.send(
            gateway.address, login=gateway.login, password=password, sender=gateway.sender, to=to,
            text=text, report_to=report_to,
        )  # fmt: skip
    return kannel.send(
        gateway.address,
        login=gateway.login,
        password=password,
        sender=gateway.sender,
        to=to,
        text=text,
        report_to=f"{report_to}&status=%d&reply=%A" if report_to else "",
        is_plain=size_of(text).is_plain,
    )


def report_address(gateway: Gateway, letter: Letter) -> str:
    """Where the gateway reports what became of a letter: whoever knows it was told by us."""
    path = reverse("channels:sms_report", args=[gateway.entity.key, gateway.key])
    token = signing.dumps(letter.pk, salt=REPORT_SALT)
    return f"{settings.PUBLIC_URL}{path}?letter={token}"


def _kept(
    gateway: Gateway, to: str, text: str, *, key: str, subject: str, language: str, at: datetime
) -> str:
    """In the demonstration it lies with the mail, so that everybody can read it."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = gateway.sender, to
    message["Subject"] = f"SMS · {' '.join(subject.split())}"
    message["Date"] = format_datetime(at)
    message.set_content(text, cte="quoted-printable")
    message["Content-Language"] = language
    return kept.keep(message.as_bytes(), key=key, at=at)
