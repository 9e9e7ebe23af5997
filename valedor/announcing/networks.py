"""Which addresses a webhook may lead to: the open internet, and what the installation has opened.

An address of this machine, of the house's own networks or of a cloud's metadata would let whoever
sets a webhook speak to services that trust their neighbours.
"""

import ipaddress
from collections.abc import Sequence

from valedor.foundation.environment import BadSetting

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Ways of writing an IPv4 address inside an IPv6 one that a gateway would unwrap: NAT64 and 6to4.
_WRAPPED = tuple(
    ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")
)


def networks_of(written: Sequence[str]) -> list[Network]:
    """The networks that WEBHOOK_NETWORKS opens. Raises ``BadSetting``."""
    try:
        return [ipaddress.ip_network(text, strict=False) for text in written]
    except ValueError as error:
        raise BadSetting(
            f"WEBHOOK_NETWORKS: {error}. Write addresses or networks, separated by commas."
        ) from error


def is_open(address: Address, networks: Sequence[Network]) -> bool:
    """Whether a webhook may lead to an address."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if is_opened(address, networks):
        return True
    if any(address in network for network in _WRAPPED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_opened(address: Address, networks: Sequence[Network]) -> bool:
    """Whether it lies in a network that the installation has opened: plain http may go there."""
    return any(address in network for network in networks)
