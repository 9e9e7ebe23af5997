"""The order of things: which event changes a running clock, and which comes too late.

Days and hours share it; the sums are in `day_count` and `hour_count`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from .calendars import WorkingCalendar
from .outcome import Happening, Left, Outcome
from .refusals import ClockRefused
from .rule import Rule

Point = TypeVar("Point", date, datetime)
"""Where an event lies: a local day for clocks in days, a moment in UTC for clocks in hours."""


class Count(ABC, Generic[Point]):
    """One clock while its events are read."""

    def __init__(
        self, rule: Rule, start: datetime, calendar: WorkingCalendar, timezone: ZoneInfo
    ) -> None:
        self.rule = rule
        self.start = start
        self.calendar = calendar
        self.timezone = timezone
        self.zero: Point = self.point(start)
        self.extended_by = 0
        self.pauses: list[tuple[Point, Point]] = []
        self.open_pauses: dict[str, Point] = {}
        self.pausing_names: dict[Point, str] = {}
        self.held_since: Point | None = None
        self.waited_until: Point | None = None
        self.late: list[Happening] = []

    @abstractmethod
    def point(self, moment: datetime) -> Point:
        """Where a moment lies for this kind of count."""

    @abstractmethod
    def end(self) -> Point:
        """The last point in time, as things stand."""

    @abstractmethod
    def left(self, since: Point) -> Left:
        """What remains at a pausing point."""

    @abstractmethod
    def restart_limit(self) -> Point | None:
        """Until when a restart counts although the clock has run out."""

    @abstractmethod
    def leave_behind(self, point: Point, event: Happening) -> None:
        """Tell the time used until a restart, which is lost."""

    @abstractmethod
    def outcome(self) -> Outcome:
        """Where the clock stands after everything taken."""

    def move_filing(self) -> None:  # An hour stays where it is: only days are moved.
        """Take an electronic filing as made on the next day that is worked."""

    def take(self, event: Happening) -> None:
        """Let one event change the clock, or list it as late."""
        rule, point = self.rule, self.point(event.at)
        stands_still = self.held_since is not None or bool(self.open_pauses)
        is_late = not stands_still and point > self.end()
        if event.name in rule.waits_for:
            # The company may wait even past the day: the first such event decides.
            if self.waited_until is None:
                self.waited_until = point
        elif event.name == "extended":
            self._extend(event, is_late=is_late)
        elif event.name in rule.restarts_on and self._may_restart(point, is_late=is_late):
            self._restart(event, point)
        elif is_late:
            self.late.append(event)
        elif event.name in rule.held_by:
            if self.held_since is None:
                self.held_since = max(point, self.zero)
        else:
            self._pause_or_resume(event, max(point, self.zero))

    @property
    def standing_still_since(self) -> Point:
        """The point at which the earliest open pause began."""
        return min(self.open_pauses.values())

    def pausing_event(self, point: Point) -> Mapping[str, Any]:
        """Which event paused the clock at a point."""
        return {"event": self.pausing_names.get(point, "")}

    def _pause_or_resume(self, event: Happening, point: Point) -> None:
        """Each pause ends with its own event, the first of those paired with it."""
        pairs = zip(self.rule.pauses_on, self.rule.resumes_on, strict=True)
        ended = {name for name, ending in pairs if ending == event.name}
        for name in ended & self.open_pauses.keys():
            self.pauses.append((self.open_pauses.pop(name), point))
        if event.name in self.rule.pauses_on:
            self.open_pauses.setdefault(event.name, point)
            self.pausing_names.setdefault(point, event.name)

    def _extend(self, event: Happening, *, is_late: bool) -> None:
        extension = self.rule.extension
        if extension is None:
            raise ClockRefused("no_extension", events=self.rule.events)
        limit = {"limit": extension.length, "unit": extension.unit.value}
        if event.length is None or event.length <= 0:
            raise ClockRefused("extension_without_length", **limit)
        unit = event.unit or self.rule.limit.unit.value
        if unit != extension.unit.value:
            raise ClockRefused("extension_in_other_unit", asked=unit, **limit)
        if is_late:
            raise ClockRefused("extension_after_due", due=self.end(), **limit)
        total = self.extended_by + event.length
        if total > extension.length:
            raise ClockRefused("extension_beyond_limit", asked=total, **limit)
        self.extended_by = total

    def _may_restart(self, point: Point, *, is_late: bool) -> bool:
        if not is_late:
            return True
        limit = self.restart_limit()
        return limit is not None and point <= limit

    def _restart(self, event: Happening, point: Point) -> None:
        """The day of the event is the new day 0; earlier pauses and extensions are forgotten."""
        self.leave_behind(point, event)
        self.zero = point
        self.extended_by = 0
        self.pauses, self.open_pauses, self.pausing_names = [], {}, {}
        self.held_since = None
