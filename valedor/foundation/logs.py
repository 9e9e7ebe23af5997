"""Log lines: a constant message, then fields, and the request or job that the line belongs to.

``logger.info("case closed", extra={"reference": …})`` becomes
``2026-11-22T08:00:00.000Z INFO valedor.handling case closed reference=2026-004182-P in=5f3c…``.
No personal content goes into a log: references only.
"""

import json
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_correlation: ContextVar[str] = ContextVar("correlation", default="")
_OWN = {*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"}
# Django puts the request itself there, whose text repeats the address with what it carries.
_LEFT_OUT = {"request"}


def correlation() -> str:
    """The name of the request or job that is being served; empty outside of both."""
    return _correlation.get()


@contextmanager
def correlated(name: str) -> Iterator[None]:
    """Mark every line written meanwhile as belonging to ``name``."""
    before = _correlation.set(name)
    try:
        yield
    finally:
        _correlation.reset(before)


class LineFormatter(logging.Formatter):
    """One record, one line; a traceback follows on lines of its own, indented."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        parts = [
            moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            record.levelname,
            record.name,
            _on_one_line(record.getMessage()),
        ]
        fields = {
            name: value
            for name, value in record.__dict__.items()
            if name not in _OWN and name not in _LEFT_OUT
        }
        parts += [f"{name}={_value(value)}" for name, value in fields.items()]
        if correlation():
            parts.append(f"in={correlation()}")
        line = " ".join(parts)
        if record.exc_info:
            line += "\n    " + self.formatException(record.exc_info).replace("\n", "\n    ")
        return line


def _on_one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _value(value: object) -> str:
    text = str(value)
    if text and text.isprintable() and not set(text) & set(' "='):
        return text
    return json.dumps(text, ensure_ascii=False)


class CorrelationMiddleware:
    """Each request gets a name, in its log lines and in the answer (``X-Request-ID``)."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponse]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        name = secrets.token_hex(8)
        with correlated(name):
            response = self.get_response(request)
        response["X-Request-ID"] = name
        return response
