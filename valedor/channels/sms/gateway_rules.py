"""What a gateway may not be. Pure."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Kind
from valedor.channels import channel_rules
from valedor.channels.channel_rules import why_not_language, why_not_team, why_not_words
from valedor.channels.sms.models import Gateway
from valedor.foundation.refusals import Refusal

_SHORTEST_SENDER = 3


def why_not_gateway(gateway: Gateway, *, team_serves: bool) -> Refusal | None:
    """What is missing or forbidden before anything is written."""
    digits = gateway.sender.removeprefix("+")
    if not digits.isascii() or not digits.isdigit() or len(digits) < _SHORTEST_SENDER:
        return Refusal(
            "sender_unreadable",
            _("“%(sender)s” is no number that a person can answer to."),
            {"sender": gateway.sender[:40]},
        )
    if gateway.address and not _is_address(gateway.address):
        return Refusal(
            "address_unreadable",
            _("“%(address)s” is no address that begins with http:// or https://."),
            {"address": gateway.address[:80]},
        )
    if gateway.address and not (gateway.login and gateway.password):
        return Refusal("login_missing", _("Give the login and the password of the gateway too."))
    return (
        why_not_words(((gateway.protocol, Gateway.Protocol.values), (gateway.kind, Kind.values)))
        or why_not_language(gateway.language, gateway.entity)
        or why_not_team(gateway.team, serves=team_serves)
    )


def why_not_secret(secret: str) -> Refusal | None:
    """It stands in an address, which a colon or a slash would break; a short one is guessed."""
    if refusal := channel_rules.why_not_secret(secret):
        return refusal
    if not secret.isascii() or any(sign in ":/@? #%" or sign.isspace() for sign in secret):
        return Refusal(
            "secret_unfit",
            _("The secret stands in an address: use letters, digits, - and _ alone."),
        )
    return None


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
