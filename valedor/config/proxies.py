"""Whose word about the visitor's address is believed: the proxies named in TRUSTED_PROXIES.

A header that anybody else sends is taken away before the application sees it, so that nobody can
borrow an address to get past a limit.
"""

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from valedor.foundation.environment import BadSetting

_FORWARDING = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Forwarded:
    """A WSGI application behind proxies. ``trusted`` are addresses or networks (``10.0.0.0/8``)."""

    def __init__(self, application: Application, *, trusted: Sequence[str]) -> None:
        self.application = application
        try:
            self.networks = [ipaddress.ip_network(text, strict=False) for text in trusted]
        except ValueError as error:
            raise BadSetting(
                f"TRUSTED_PROXIES: {error}. Write addresses or networks, separated by commas."
            ) from error

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            visitor = self._visitor(environ.get("HTTP_X_FORWARDED_FOR", ""))
            if visitor:
                environ["REMOTE_ADDR"] = visitor
        else:
            for name in _FORWARDING:
                environ.pop(name, None)
        return self.application(environ, start_response)

    def _visitor(self, forwarded: str) -> str:
        """The last address that none of our proxies has: what stands before it may be invented."""
        visitor = ""
        for text in reversed(forwarded.split(",")):
            address = _address(text)
            if address is None:
                break
            visitor = str(address)
            if not self._is_trusted(visitor):
                break
        return visitor

    def _is_trusted(self, text: str) -> bool:
        address = _address(text)
        return address is not None and any(address in network for network in self.networks)


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
