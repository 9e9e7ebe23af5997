"""How many cases are before a body of a kind, told before somebody ends one."""

from tests.cast import Cast, a_case, days
from valedor.casefile.models import Instance
from valedor.disputes.queries import open_cases_before


def test_open_cases_before_a_kind_of_body_are_counted_by_country(cast: Cast) -> None:
    for number in range(3):
        case = a_case(cast)
        Instance.objects.create(
            case=case,
            entity_id=case.entity_id,
            ordinal=2,
            kind=Instance.Kind.ARBITRATION,
            opened_at=days(1),
            closed_at=days(2) if number == 0 else None,
        )
    assert open_cases_before("consumer_arbitration_board", country="ES") == 2
    assert open_cases_before("consumer_office", country="ES") == 0
    assert open_cases_before("consumer_arbitration_board", country="BR") == 0
    assert open_cases_before("consumer_arbitration_board", country="PT") == 0
