"""Many people want the same time at the same moment: as many get it as there are places."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from tests.cast import FRIDAY, acting, the_cast
from valedor.bookings.actions.set_service import set_service
from valedor.bookings.models import Booking
from valedor.bookings.tests.booking import MONDAY_NINE, booked
from valedor.bookings.tests.conftest import WORDS
from valedor.casefile.models import Case
from valedor.foundation.refusals import Refused


def test_twelve_people_want_three_places_at_once(committed_database: str) -> None:
    cast = the_cast()
    desk = set_service(
        cast.besos,
        "counter",
        name=WORDS,
        place=WORDS,
        places=3,
        hours=["mon 09:00-11:00"],
        by=None,
        at=FRIDAY,
    )

    def want(number: int) -> str:
        try:
            # Half of them ask for the same time a moment later in the list of times.
            booked(cast, desk, MONDAY_NINE + timedelta(minutes=30 * (number % 2)))
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(12) as crowd:
        answers = sorted(crowd.map(want, range(12)))
    assert answers == ["booked"] * 6 + ["time_taken"] * 6
    with acting(cast):
        standing = Booking.objects.order_by("starts_at", "place")
        assert [(one.starts_at, one.place) for one in standing] == [
            (MONDAY_NINE + timedelta(minutes=minutes), place)
            for minutes in (0, 30)
            for place in (1, 2, 3)
        ]
        # Whoever got none has no case either: nothing was registered half.
        assert Case.objects.count() == 6
