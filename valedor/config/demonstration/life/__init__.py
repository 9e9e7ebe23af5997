"""The life of one story: its steps in order, each at a moment of the office's day.

``path`` is a generator: it does a step, then yields when the next one is due.
"""

from collections.abc import Iterator
from datetime import datetime

from valedor.config.demonstration.life.ordering import Ordering


class Life(Ordering):
    """A story being lived."""

    def path(self) -> Iterator[datetime]:
        """Every step, yielding the moment of the next."""
        for step in (
            self._receive,
            self._clear_mark,
            self._cure,
            self._assess,
            self._give_out,
            self._first_word,
            self._talk,
            self._ask_area,
            self._ask,
            self._delay,
            self._find,
            self._do_parts,
            self._extend,
            self._decide,
            self._offer,
            self._pass_on,
            self._respond,
            self._react,
            self._carry_out,
            self._close,
            self._afterwards,
        ):
            self.step = step.__name__.strip("_")
            yield from step()
            if self.story.until == self.step or self._is_over:
                return
