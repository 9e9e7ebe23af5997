"""Why a date cannot be computed, as a code and its particulars.

Words are given by whoever talks to people (`valedor.procedures.explanation`).
"""

from typing import Any


class ClockRefused(Exception):
    """What was asked of a clock cannot be answered; `code` says why, `particulars` hold the values.

    Codes: `unknown_region`, `no_region`, `outside_calendars`, `impossible_length`, `unknown_event`,
    `event_before_start`, `event_without_offset`, `no_extension`, `extension_without_length`,
    `extension_beyond_limit`, `extension_in_other_unit`, `extension_after_due`, `timezone_needed`,
    `unknown_timezone`, `no_working_hours`.
    """

    def __init__(self, code: str, **particulars: Any) -> None:
        super().__init__(code, particulars)
        self.code = code
        self.particulars = particulars

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.particulars.items())
        return f"{self.code}({values})"
