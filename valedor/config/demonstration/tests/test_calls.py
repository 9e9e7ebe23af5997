"""On whatever day the demonstration is made, there are calls of the last open days to count."""

from datetime import UTC, datetime, timedelta

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.models import Call
from valedor.config.demonstration import calls
from valedor.config.demonstration.tests.conftest import SettledIn

SUNDAY = datetime(2026, 11, 29, 11, tzinfo=UTC)


def test_before_a_weekend_the_working_days_before_it(settled_in: SettledIn) -> None:
    household = settled_in(SUNDAY)
    calls.ring(household, until=SUNDAY)
    with viewing(the_house()):
        for entity in household.entities.values():
            rung = Call.objects.filter(entity=entity)
            assert rung.filter(offered_at__gt=SUNDAY - timedelta(days=7)).count() > 20
            assert rung.filter(abandoned_at__isnull=False).exists()
            assert rung.filter(answered_at__isnull=False).exists()
            assert not rung.filter(offered_at__gt=SUNDAY).exists()
