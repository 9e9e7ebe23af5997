"""The weekly plan by hand, by file and as a table say the same."""

from datetime import time

import pytest

from tests.cast import FRIDAY, Cast
from valedor.foundation.refusals import Refused
from valedor.incidents.duty import csv_plan
from valedor.incidents.duty.actions.set_plan import TurnGiven, set_duty_plan, turns_of
from valedor.incidents.duty.plans import members_of

TABLE = b"day;from;to;rank;person\nmonday;08:00;20:00;1;bruno\nholiday;00:00;24:00;;carla\n"


def test_a_table_read_and_written_is_the_same(cast: Cast) -> None:
    turns = csv_plan.read(TABLE, members=members_of(cast.attention))
    plan = set_duty_plan(cast.besos, cast.attention, turns=turns, by=None, at=FRIDAY)
    written = csv_plan.written(turns_of(plan)).encode()
    assert csv_plan.read(written, members=members_of(cast.attention)) == turns_of(plan)
    assert b"holiday,00:00,00:00,1,carla" in written


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"day;from;to\n", "The first line"),
        (b"day,from,to,rank,person\nfunday,8:00,20:00,1,bruno\n", "line 2: “funday”"),
        (b"day,from,to,rank,person\nmonday,8 h,20:00,1,bruno\n", "line 2: “8 h”"),
        (b"day,from,to,rank,person\nmonday,8:00,20:00,0,bruno\n", "the rank “0”"),
        (b"day,from,to,rank,person\nmonday,8:00,20:00,1,dario\n", "“dario” is nobody"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_bad_table_says_where_and_changes_nothing(cast: Cast, table: bytes, says: str) -> None:
    with pytest.raises(Refused) as refused:
        csv_plan.read(table, members=members_of(cast.attention))
    assert says in str(refused.value.refusal)


def test_only_whoever_may_see_the_case_is_on_duty(cast: Cast) -> None:
    for account in (cast.dario, cast.ines, cast.felix):
        turn = TurnGiven("monday", time(8), time(9), account)
        with pytest.raises(Refused) as refused:
            set_duty_plan(cast.besos, cast.attention, turns=[turn], by=None, at=FRIDAY)
        assert refused.value.code == "not_of_the_team"
    with pytest.raises(Refused):
        set_duty_plan(cast.besos, cast.elsewhere, by=None, at=FRIDAY)
