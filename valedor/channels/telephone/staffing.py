"""How many people a line needs in a half hour, by Erlang's formula for callers who wait. Pure.

Calls come by chance and independently, nobody hangs up, and whoever is free takes the next: what
the formula says is therefore a little more than is needed where callers give up.
"""

from dataclasses import dataclass
from math import ceil, exp

HALF_HOUR = 1800.0
MOST = 500


@dataclass(frozen=True)
class Need:
    """What a half hour needs: ``agents``, and how it goes with so many.

    ``share`` is the part of the calls answered within the limit, ``busy`` how much of their time
    people talk, both from 0 to 1.
    """

    agents: int
    share: float
    busy: float


def need(calls: float, *, handling: float, limit: float, share: float) -> Need:
    """The fewest people with whom a share of the calls is answered within a limit.

    ``calls`` arrive in the half hour and take ``handling`` seconds each; ``limit`` is in seconds.
    Raises ``ValueError`` for figures that cannot be, and past five hundred people.
    """
    if calls < 0 or handling < 0 or limit < 0 or not 0 <= share < 1:
        raise ValueError("calls, seconds and shares are no less than nothing")
    load = calls * handling / HALF_HOUR
    if load == 0:
        return Need(0, 1.0, 0.0)
    for agents in range(max(ceil(load), 1), MOST + 1):
        reached = share_in_time(load, agents, handling=handling, limit=limit)
        if agents > load and reached >= share:
            return Need(agents, reached, load / agents)
    raise ValueError("this needs more than five hundred people")


def share_in_time(load: float, agents: int, *, handling: float, limit: float) -> float:
    """Which part of the calls is answered within a limit, from 0 to 1. ``load`` is in erlangs:
    how many talk at once on average.
    """
    if agents <= load:
        return 0.0  # The queue grows without an end.
    return 1 - waits(load, agents) * exp(-(agents - load) * limit / handling)


def waits(load: float, agents: int) -> float:
    """The chance that a call has to wait at all (Erlang C)."""
    if agents <= load:
        return 1.0
    busy = _all_busy(load, agents)
    return busy / (1 - (load / agents) * (1 - busy))


def _all_busy(load: float, agents: int) -> float:
    """The chance that all are talking where nobody waits (Erlang B), by its recursion."""
    chance = 1.0
    for number in range(1, agents + 1):
        chance = load * chance / (number + load * chance)
    return chance
