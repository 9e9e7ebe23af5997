"""How often a network address sent a form or typed a wrong code within the last hour.

Counted in the database, since several processes serve one installation.
"""

import hmac
import ipaddress
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings

from valedor.foundation.rows import Statement, fresh, insert_of
from valedor.intake.models import Attempt

HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)


def digest_of_address(address: str) -> bytes:
    """A keyed digest of an address, for IPv6 of its /64: one line holds that many of them."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        place = address
    else:
        if isinstance(read, ipaddress.IPv6Address) and read.ipv4_mapped:
            read = read.ipv4_mapped
        place = (
            str(ipaddress.ip_network((read, 64), strict=False)) if read.version == 6 else str(read)
        )
    return hmac.digest(settings.SECRET_KEY.encode(), b"address" + place.encode(), "sha256")[:16]


def noting(what: str, address: str, *, at: datetime, reference: str = "") -> Statement:
    """The statement that remembers an attempt."""
    return insert_of(attempt_of(what, address, at=at, reference=reference))


def attempt_of(what: str, address: str, *, at: datetime, reference: str = "") -> Attempt:
    """An attempt, not written yet."""
    return fresh(
        Attempt, what=what, address_digest=digest_of_address(address), reference=reference, at=at
    )


def counting(what: str, address: str, *, at: datetime, up_to: int) -> Statement:
    """The statement that counts an address's attempts of the last hour, up to a number."""
    return (
        """
        SELECT count(*) FROM (
            SELECT 1 FROM intake_attempt
            WHERE address_digest = %s AND what = %s AND at > %s LIMIT %s
        ) AS attempt
        """,
        [digest_of_address(address), str(what), at - HOUR, up_to],
    )


def counting_each(what: str, digests: Collection[bytes], *, at: datetime, up_to: int) -> Statement:
    """The statement that counts the same for several addresses: a row each, with its digest."""
    return (
        """
        SELECT asked.digest, (
            SELECT count(*) FROM (
                SELECT 1 FROM intake_attempt
                WHERE address_digest = asked.digest AND what = %s AND at > %s LIMIT %s
            ) AS attempt
        ) FROM unnest(%s::bytea[]) AS asked (digest)
        """,
        [str(what), at - HOUR, up_to, list(digests)],
    )


def tried_on(reference: str, *, since: datetime) -> int:
    """How often a code was tried on a reference after a moment, from whatever address."""
    return Attempt.objects.filter(reference=reference, at__gt=since).count()


def forget_old(at: datetime) -> int:
    """Remove the attempts of more than a day ago; how many they were."""
    removed, _by_model = Attempt.objects.filter(at__lt=at - KEPT).delete()
    return removed
