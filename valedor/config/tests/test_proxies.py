"""Whose word about a visitor's address is believed."""

from collections.abc import Iterable
from typing import Any

import pytest

from valedor.config.proxies import Forwarded
from valedor.foundation.environment import BadSetting


def seen(trusted: list[str], **environ: str) -> dict[str, Any]:
    kept: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        kept.update(environ)
        return []

    Forwarded(application, trusted=trusted)(dict(environ), None)
    return kept


def test_nobody_is_believed_unless_named() -> None:
    found = seen(
        [],
        REMOTE_ADDR="203.0.113.7",
        HTTP_X_FORWARDED_FOR="10.0.0.1",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_FORWARDED="for=10.0.0.1",
    )
    assert found == {"REMOTE_ADDR": "203.0.113.7"}


def test_a_named_proxy_tells_the_visitor() -> None:
    found = seen(
        ["10.0.0.0/8"],
        REMOTE_ADDR="10.0.0.2",
        HTTP_X_FORWARDED_FOR="203.0.113.7",
        HTTP_X_FORWARDED_PROTO="https",
    )
    assert found["REMOTE_ADDR"] == "203.0.113.7"
    assert found["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.parametrize(
    ("forwarded", "visitor"),
    [
        ("192.0.2.66, 203.0.113.7", "203.0.113.7"),  # The first is what the visitor claimed.
        ("192.0.2.66, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("nonsense, 10.0.0.9", "10.0.0.9"),
        ("", "10.0.0.2"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_last_address_that_is_no_proxy_counts(forwarded: str, visitor: str) -> None:
    found = seen(["10.0.0.0/8"], REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=forwarded)
    assert found["REMOTE_ADDR"] == visitor


def test_a_word_that_is_no_address_is_refused() -> None:
    with pytest.raises(BadSetting, match="TRUSTED_PROXIES"):
        seen(["the-proxy"])
