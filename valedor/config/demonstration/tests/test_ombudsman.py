"""The ombudsman of each house: seated on the record, and nothing of the files within the company's
reach.
"""

from datetime import UTC, datetime, timedelta

from valedor.casefile.models import Case
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.config.demonstration import ombudsman, participants
from valedor.config.demonstration.perform import perform
from valedor.config.demonstration.stories import stories_of
from valedor.config.demonstration.tests.conftest import SettledIn
from valedor.participants.models import Participant
from valedor.people.models import Role
from valedor.review.office.models import Appointment, Proceeding

NOW = datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_files_stand_at_every_step_and_the_company_sees_none(settled_in: SettledIn) -> None:
    household = settled_in(NOW)
    ombudsman.seat(household, at=NOW - timedelta(days=400), until=NOW)
    outcomes = []
    for key in household.entities:
        outcomes += perform(stories_of(key)[:70], household, until=NOW)
    ombudsman.come(household, until=NOW)
    participants.come_in(household, outcomes, until=NOW)
    for key, entity in household.entities.items():
        with viewing(the_house(entity)):
            assert Appointment.objects.filter(entity=entity).count() == 2
            stands = set(Proceeding.objects.filter(entity=entity).values_list("state", flat=True))
            assert {"carried_out", "decided", "settled", "refused", "admitted"} <= stands
            assert {"received", "passed_on"} <= stands
            let_in = Participant.objects.filter(entity=entity)
            assert let_in.filter(case__lt=0).count() == 1
            assert let_in.filter(case__gt=0).count() >= 2
        lead = household.of(key, Role.LEAD)[0]
        with viewing(viewer_of(lead)):
            assert not Case.objects.filter(pk__lt=0).exists()
            assert not Participant.objects.filter(case__lt=0).exists()
    with viewing(the_house()):
        assert verify().broken == []
