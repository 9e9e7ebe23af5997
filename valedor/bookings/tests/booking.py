"""Ana books, as the tests have it."""

from datetime import UTC, datetime
from typing import Any

from tests.cast import FRIDAY, Cast, a_submission
from valedor.bookings.actions.book import Appointment, book
from valedor.bookings.models import Service
from valedor.casefile.models import Kind

MONDAY_NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""The Monday after Ana wrote: nine in Barcelona."""


def booked(
    cast: Cast, desk: Service, starts_at: datetime = MONDAY_NINE, **more: Any
) -> Appointment:
    """A booking of Ana's."""
    at = more.pop("at", FRIDAY)
    submission = a_submission(cast, kind=Kind.BOOKING, received_at=at, **more.pop("said", {}))
    return book(submission, service=desk, starts_at=starts_at, at=at, **more)
