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
from valedor.review.office.models import Appointment, Offer, Proceeding, Statement
from valedor.review.office.recommendations.models import Recommendation
from valedor.review.office.report.models import YearReport

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
            by_mail = Case.objects.filter(entity=entity, pk__lt=0, channel=Case.Channel.EMAIL)
            assert by_mail.count() == 1
            open_offer = Offer.objects.get(entity=entity, state=Offer.State.OPEN)
            assert open_offer.by_side == Statement.Side.COMPLAINANT
            declined = Offer.objects.filter(case=open_offer.case, state=Offer.State.DECLINED)
            assert declined.count() == 1
            said = set(
                Recommendation.objects.filter(entity=entity).values_list("answer", flat=True)
            )
            assert "" in said
            assert len(said) == 2
            report = YearReport.objects.get(entity=entity)
            assert (report.year, report.published_at) == (2026, None)
            assert set(report.opening) == set(entity.languages)
            let_in = Participant.objects.filter(entity=entity)
            assert let_in.filter(case__lt=0).count() == 1
            assert let_in.filter(case__gt=0).count() >= 2
        lead = household.of(key, Role.LEAD)[0]
        with viewing(viewer_of(lead)):
            assert not Case.objects.filter(pk__lt=0).exists()
            assert not Participant.objects.filter(case__lt=0).exists()
    with viewing(the_house()):
        assert verify().broken == []


def test_early_in_a_year_the_report_of_the_last_one_is_published(settled_in: SettledIn) -> None:
    until = datetime(2027, 1, 10, 17, tzinfo=UTC)
    household = settled_in(until)
    ombudsman.seat(household, at=until - timedelta(days=400), until=until)
    ombudsman.come(household, until=until)  # What came first-hand, twenty days before.
    for entity in household.entities.values():
        report = YearReport.objects.get(entity=entity, year=2026)
        assert report.published_at == until
        assert report.figures is not None
        assert report.figures["grounds"]["first_hand"] == 1
        assert report.papers.count() == len(entity.languages)
