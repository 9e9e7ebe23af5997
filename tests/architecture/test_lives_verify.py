"""What the actions leave behind verifies: rows and lines agree at every stage of a life."""

from pathlib import Path
from typing import Any

import pytest

from tests.cast import a_case, acting, days, the_cast
from valedor.casefile.models import Stage
from valedor.casefile.verification import verify
from valedor.intake.book import give_book_numbers


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stage",
    [
        Stage.RECEIVED,
        Stage.ASSESSED,
        Stage.INVESTIGATION,
        Stage.DECIDED,
        Stage.ANSWERED_NOT_SENT,
        Stage.ANSWERED,
        Stage.CLOSED,
    ],
)
def test_rows_agree_with_their_lines(stage: Stage, tmp_path: Path, settings: Any) -> None:
    settings.DOCUMENTS = tmp_path
    cast = the_cast()
    case = a_case(cast, stage=stage)
    with acting(cast):
        assert case.stage == stage
    give_book_numbers(days(30))
    assert verify().broken == []
