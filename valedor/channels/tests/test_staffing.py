"""People needed by Erlang C: a worked example, what must hold whatever the figures, the edges."""

import pytest

from valedor.channels.telephone.staffing import need, share_in_time, waits


def test_a_worked_example_of_the_textbooks() -> None:
    """A hundred calls in a half hour, three minutes each, four of five within twenty seconds."""
    found = need(100, handling=180, limit=20, share=0.8)
    assert found.agents == 14
    assert waits(10, 14) == pytest.approx(0.174, abs=0.001)
    assert found.share == pytest.approx(0.888, abs=0.001)
    assert found.busy == pytest.approx(0.714, abs=0.001)


def test_the_law_asks_for_three_minutes_and_nineteen_of_twenty() -> None:
    found = need(40, handling=300, limit=180, share=0.95)
    load = 40 * 300 / 1800
    assert share_in_time(load, found.agents, handling=300, limit=180) >= 0.95
    assert share_in_time(load, found.agents - 1, handling=300, limit=180) < 0.95


def test_more_people_wait_less_and_a_longer_limit_is_kept_more_often() -> None:
    shares = [share_in_time(8, agents, handling=240, limit=60) for agents in range(8, 20)]
    assert shares == sorted(shares)
    assert shares[0] == 0, "with no more people than load the queue grows without an end"
    limits = [share_in_time(8, 10, handling=240, limit=limit) for limit in range(0, 600, 30)]
    assert limits == sorted(limits)


@pytest.mark.parametrize("calls", [0.0, 0.25, 3, 400])
def test_nobody_is_needed_without_calls_and_somebody_for_the_first(calls: float) -> None:
    found = need(calls, handling=200, limit=180, share=0.95)
    assert (found.agents == 0) is (calls == 0)
    assert 0 <= found.busy < 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"calls": -1},
        {"calls": 10, "share": 1},
        {"calls": 10, "handling": -1},
        {"calls": 100_000},
    ],
)
def test_figures_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    given = {"calls": 1.0, "handling": 180.0, "limit": 180.0, "share": 0.95} | wrong
    with pytest.raises(ValueError, match=r"no less than nothing|five hundred"):
        need(given.pop("calls"), **given)
