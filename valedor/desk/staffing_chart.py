"""The drawing of how many people a day needs: a bar a half hour, placed by numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from valedor.channels.telephone.staffing import Need

WIDTH, HEIGHT = 720, 220
_FOOT, _LEFT, _TOP = 28, 32, 8


@dataclass(frozen=True)
class Bar:
    """One half hour. ``label`` is its hour where there is room for it."""

    x: float
    y: float
    width: float
    height: float
    words: str
    label: str


@dataclass(frozen=True)
class Chart:
    """What a template draws: bars, and lines across with what they stand for."""

    bars: list[Bar]
    lines: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    foot: int = HEIGHT - _FOOT


def chart_of(needs: Sequence[tuple[str, Need]]) -> Chart:
    """The chart of a day. Without any half hour it is empty."""
    most = max((one.agents for _slot, one in needs), default=0)
    if not most:
        return Chart([], [])
    room = HEIGHT - _FOOT - _TOP
    step = (WIDTH - _LEFT) / len(needs)
    every = max(len(needs) // 12, 1)
    bars = [
        Bar(
            x=round(_LEFT + number * step + step * 0.1, 1),
            y=round(HEIGHT - _FOOT - room * one.agents / most, 1),
            width=round(step * 0.8, 1),
            height=round(room * one.agents / most, 1),
            words=f"{slot}: {one.agents}",
            label=slot if number % every == 0 else "",
        )
        for number, (slot, one) in enumerate(needs)
    ]
    marks = sorted({most, (most + 1) // 2})
    return Chart(bars, [(round(HEIGHT - _FOOT - room * mark / most, 1), mark) for mark in marks])
