"""The running limits of a case: begun, moved by dated events, met, missed.

The law's limits, the house's promises and its internal targets are rows of one kind (``Deadline``).
Every change counts anew from the start and the events; nothing is ever added to a counter.
"""

from .begin import add, begin, next_due
from .move import allows, happen, recount
from .open_again import open_again
from .settle import drop, meet, running
from .take_up import take_up

__all__ = [
    "add",
    "allows",
    "begin",
    "drop",
    "happen",
    "meet",
    "next_due",
    "open_again",
    "recount",
    "running",
    "take_up",
]
