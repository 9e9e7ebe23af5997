"""What went on to other bodies from each house stands at every step, and every chain is whole."""

from datetime import UTC, datetime

from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration import disputes
from valedor.config.demonstration.perform import perform
from valedor.config.demonstration.stories import stories_of
from valedor.config.demonstration.tests.conftest import SettledIn
from valedor.disputes.models import HearingDate, Referral

NOW = datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_other_bodies_have_cases_at_every_step(settled_in: SettledIn) -> None:
    household = settled_in(NOW)
    for key in household.entities:
        perform(stories_of(key)[:90], household, until=NOW)
    disputes.come(household, until=NOW)
    rows = disputes.told()
    for key, entity in household.entities.items():
        with viewing(the_house(entity)):
            found = Referral.objects.filter(entity=entity)
            # One row waits for a case that the ombudsman has had.
            wanted = sum(1 for row in rows[key]["cases"] if not row.get("after_office"))
            assert found.count() == wanted
            assert {"notified", "heard", "over"} <= set(found.values_list("state", flat=True))
            assert HearingDate.objects.filter(entity=entity, starts_at__gt=NOW).exists()
    with viewing(the_house()):
        assert verify().broken == []
