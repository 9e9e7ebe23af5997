"""The time now. Views, tasks and commands ask here and pass ``at`` on; nothing else reads the
clock.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC, with its zone."""
    return datetime.now(UTC)
