"""Where the web server listens. A demonstration, whose password lies in a file, never leaves the
machine.
"""

import ipaddress

from valedor.foundation import environment
from valedor.foundation.environment import BadSetting


def host() -> str:
    """HOST: the address to listen on, the machine's own unless said otherwise.

    Raises ``BadSetting`` for a demonstration that others could reach.
    """
    address = environment.text("HOST", "127.0.0.1")
    if environment.boolean("DEMO", default=False) and not _is_loopback(address):
        raise BadSetting(
            f"HOST is {address} and DEMO is 1: a demonstration is served on this machine only. "
            "Write HOST=127.0.0.1, or DEMO=0 for real use."
        )
    return address


def port() -> int:
    """PORT: 8000 unless said otherwise."""
    return environment.integer("PORT", 8000, least=1, most=65535)


def address() -> str:
    """The address that a browser on this machine opens."""
    name = host()
    return f"http://[{name}]:{port()}" if ":" in name else f"http://{name}:{port()}"


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
