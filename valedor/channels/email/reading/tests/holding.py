"""What holds for every message that was read, whatever its bytes were."""

import json
from typing import Any

from valedor.channels.email.reading import ReadMessage
from valedor.channels.email.reading.as_json import as_json
from valedor.channels.email.reading.parts import Budget
from valedor.channels.email.reading.reading import read_within

_OF_LINES = frozenset({"text", "quoted", "html"})


def read_strictly(content: bytes) -> ReadMessage:
    """Read a message, and let every exception of ours through."""
    message = read_within(content, 0, Budget())
    told = json.loads(json.dumps(as_json(message)))
    _hold(told, "")
    return message


def _hold(told: Any, key: str) -> None:
    """No text can harm what stores or shows it; no header value can become two."""
    if isinstance(told, dict):
        for name, value in told.items():
            _hold(value, name)
    elif isinstance(told, list):
        for value in told:
            _hold(value, key)
    elif isinstance(told, str):
        told.encode("utf-8")
        allowed = "\n\t" if key in _OF_LINES else ""
        wrong = {sign for sign in told if ord(sign) < 32 or 127 <= ord(sign) < 160}
        assert wrong <= set(allowed), (key, wrong)
