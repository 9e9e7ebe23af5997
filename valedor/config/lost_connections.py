"""Connections that the database has ended while they were idle: noticed before a request uses one.

A server that restarts tells each connection so, and ends it. Without a look at the socket the next
request on each of them would fail. Looking costs no round trip, unlike Django's own health check.
"""

import select

from django.core.signals import request_started
from django.db import connections


def notice() -> None:
    """Have every request look before it begins."""
    request_started.connect(close_lost, dispatch_uid="valedor.config.lost_connections")


def close_lost(**_signal: object) -> None:
    """Close this thread's connections on which the server has spoken unasked: it took its leave."""
    for wrapper in connections.all(initialized_only=True):
        server = wrapper.connection
        if server is None or wrapper.in_atomic_block:
            continue
        if server.closed or _has_something_to_read(server.fileno()):
            wrapper.close()


def _has_something_to_read(handle: int) -> bool:
    asked = select.poll()
    asked.register(handle, select.POLLIN)
    return bool(asked.poll(0))
