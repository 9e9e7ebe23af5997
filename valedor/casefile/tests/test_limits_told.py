"""What an entry tells of a limit compares with the row, whatever zone the moment was given in."""

from zoneinfo import ZoneInfo

import pytest

from tests.cast import a_case, acting, days, the_cast
from valedor.casefile import limits
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Instance
from valedor.casefile.verification import verify


@pytest.mark.django_db
def test_a_limit_given_in_local_time_verifies() -> None:
    cast = the_cast()
    case = a_case(cast)
    with acting(cast):
        instance = Instance.objects.get(case=case)
        due_at = days(9).astimezone(ZoneInfo("America/Sao_Paulo"))
        limits.add(
            locked(case), instance, duty="carry_out_redress", due_at=due_at, by=SYSTEM, at=days(1)
        )

        assert verify([case.reference]).broken == []
