"""Public messages in each house: brought in with a consent, and acknowledged."""

from datetime import UTC, datetime

from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.social.models import PublicConsent
from valedor.config.demonstration import public
from valedor.config.demonstration.tests.conftest import SettledIn

NOW = datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_five_at_each_house_with_their_authors_consent(settled_in: SettledIn) -> None:
    household = settled_in(NOW)
    public.come_in(household, until=NOW)
    with viewing(the_house()):
        for entity in household.entities.values():
            cases = Case.objects.filter(entity=entity, channel=Case.Channel.SOCIAL)
            assert cases.count() == 5
            assert PublicConsent.objects.filter(case__in=cases).count() == 5
            assert {one.state for one in RawMessage.objects.filter(case__in=cases)} == {
                "registered"
            }
            receipts = Letter.objects.filter(case__in=cases)
            assert receipts.count() == 5
            assert not receipts.filter(state=Letter.State.QUEUED).exists()
        assert verify().broken == []
