"""Messages of our own making, each with what must come out of it.

Beside every ``.eml`` lies a ``.toml`` that names what is expected under the names of the JSON.
``none`` lists what must be null, ``defects`` the codes, all of them.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from valedor.channels.email.reading import read
from valedor.channels.email.reading.as_json import as_json

FOLDER = Path(__file__).parent / "messages"
NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))


@pytest.mark.parametrize("name", NAMES)
def test_comes_out_as_written_beside_it(name: str) -> None:
    expected = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    message = read((FOLDER / f"{name}.eml").read_bytes())
    told = as_json(message)
    json.dumps(told)
    assert [defect.code for defect in message.defects] == expected.pop("defects")
    assert [key for key in expected.pop("none", []) if told[key] is not None] == []
    assert _alike(told, expected) == expected


def test_every_message_has_its_expectation() -> None:
    assert len(NAMES) > 100
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(NAMES)


def _alike(found: Any, expected: Any) -> Any:
    """What was found, without what nothing was expected of."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return {key: _alike(found.get(key), value) for key, value in expected.items()}
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [_alike(one, other) for one, other in zip(found, expected, strict=True)]
    return found
