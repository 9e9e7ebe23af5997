"""People and matters that came twice, in each house: by the same actions as anywhere else."""

from datetime import UTC, datetime

from valedor.casefile.models import Case
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration import twice
from valedor.config.demonstration.tests.conftest import SettledIn
from valedor.handling.models import CaseMerge, CaseRelation, Closure, IdentityCheck, Repetition
from valedor.people.models import PersonMerge, PromotionConsent

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)  # A Thursday.
FEWEST = 5


def test_each_house_merges_parts_keeps_apart_and_asks(settled_in: SettledIn) -> None:
    household = settled_in(NOW)
    twice.happen(household, until=NOW)
    with viewing(the_house()):
        for entity in household.entities.values():
            merges = CaseMerge.objects.filter(entity=entity)
            assert merges.filter(undone_at=None).count() >= FEWEST
            assert merges.exclude(undone_at=None).count() == 1
            merged = Closure.objects.filter(
                entity=entity, reason=Closure.Reason.MERGED, undone_at=None
            )
            assert merged.count() >= FEWEST
            hints = Repetition.objects.filter(entity=entity)
            assert hints.exclude(kept_apart_at=None).count() == 1
            still = hints.filter(kept_apart_at=None, case__closed_at=None, other__closed_at=None)
            assert still.exists()
            assert CaseRelation.objects.filter(entity=entity, kind="split_off").count() == 1
            assert IdentityCheck.objects.filter(entity=entity).exclude(passed_at=None).count() == 1
            consents = PromotionConsent.objects.filter(entity=entity)
            assert consents.filter(withdrawn_at=None).count() == 1
            assert consents.exclude(withdrawn_at=None).count() == 1
        assert PersonMerge.objects.filter(undone_at=None).count() >= 2 * FEWEST
        references = list(Case.objects.values_list("reference", flat=True))
    assert verify(references).broken == []
