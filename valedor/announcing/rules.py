"""What a subscription may not be. Pure."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from valedor.announcing.events import Event
from valedor.announcing.models import Announcement, Subscription
from valedor.announcing.networks import Network, is_open
from valedor.announcing.signatures import key_of
from valedor.foundation.refusals import Refusal


def why_not_subscription(
    subscription: Subscription, *, networks: Sequence[Network]
) -> Refusal | None:
    """What is missing or forbidden before anything is written."""
    return why_not_address(subscription.address, networks=networks) or why_not_events(
        subscription.events
    )


def why_not_address(address: str, *, networks: Sequence[Network]) -> Refusal | None:
    """It is https, names a host and nobody's password, and leads out of the house; plain http goes
    to a network that the installation has opened, and nowhere else.
    """
    unreadable = Refusal(
        "address_unreadable",
        _("“%(address)s” is no address that begins with https://."),
        {"address": address[:80]},
    )
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return unreadable
    is_plain = parts.scheme == "http" and bool(networks)
    if not host or not (parts.scheme == "https" or is_plain) or not address.isascii():
        return unreadable
    if any(sign.isspace() or ord(sign) < 32 for sign in address) or parts.fragment:
        return unreadable
    if parts.username is not None or parts.password is not None:
        return Refusal(
            "address_with_password",
            _("Leave name and password out of the address: what is sent is signed."),
        )
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        literal = None
    if host == "localhost" and not networks:
        return _closed(host)
    if literal is not None and not is_open(literal, networks):
        return _closed(host)
    return None


def _closed(host: str) -> Refusal:
    return Refusal(
        "network_closed",
        _("%(host)s lies inside a network that is not open to webhooks (WEBHOOK_NETWORKS)."),
        {"host": host[:80]},
    )


def why_not_events(events: Sequence[str]) -> Refusal | None:
    """It is told of something, and of things that there are."""
    if not events:
        return Refusal("no_event", _("Choose at least one event."))
    for event in events:
        if event not in Event.values:
            return Refusal(
                "event_unknown",
                _("There is no event “%(event)s”; there are: %(known)s."),
                {"event": event[:60], "known": ", ".join(Event.values)},
            )
    return None


def why_not_secret(secret: str) -> Refusal | None:
    """A secret is one that the libraries of Standard Webhooks read."""
    if key_of(secret) is not None:
        return None
    return Refusal(
        "secret_unfit",
        _("A secret is whsec_ and 24 to 64 bytes in base 64; leave it out and one is drawn."),
    )


def why_not_resume(subscription: Subscription) -> Refusal | None:
    """Only what is paused goes on."""
    if subscription.paused_at is not None:
        return None
    return Refusal("not_paused", _("This webhook is not paused."))


def why_not_send_again(announcement: Announcement) -> Refusal | None:
    """What waits goes by itself; to an address that is out of use nothing goes."""
    if announcement.state == Announcement.State.WAITING:
        return Refusal("waits_already", _("It waits already and goes by itself."))
    return why_not_send(announcement.subscription)


def why_not_send(subscription: Subscription) -> Refusal | None:
    """To an address that is out of use nothing goes."""
    if subscription.is_active:
        return None
    return Refusal("webhook_inactive", _("This webhook is switched off: switch it on first."))
