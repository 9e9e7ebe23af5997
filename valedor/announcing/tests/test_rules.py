"""Which addresses a webhook may have. No database."""

import ipaddress

import pytest

from valedor.announcing.networks import is_open, networks_of
from valedor.announcing.rules import why_not_address, why_not_events, why_not_secret
from valedor.announcing.signatures import draw_secret
from valedor.foundation.environment import BadSetting


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://systems.example/valedor?from=besos", None),
        ("https://systems.example:8443/", None),
        ("https://93.184.216.34/", None),
        ("http://systems.example/", "address_unreadable"),
        ("ftp://systems.example/", "address_unreadable"),
        ("systems.example", "address_unreadable"),
        ("https://", "address_unreadable"),
        ("https://systems.example/a b", "address_unreadable"),
        ("https://systems.example:notaport/", "address_unreadable"),
        ("https://systems.example/#part", "address_unreadable"),
        ("https://ana:secret@systems.example/", "address_with_password"),
        ("https://127.0.0.1/", "network_closed"),
        ("https://localhost/", "network_closed"),
        ("https://169.254.169.254/latest/meta-data", "network_closed"),
        ("https://[::1]/", "network_closed"),
        ("https://[::ffff:10.0.0.1]/", "network_closed"),
        ("https://10.1.2.3/", "network_closed"),
    ],
)
def test_addresses(address: str, code: str | None) -> None:
    refusal = why_not_address(address, networks=[])
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
        "192.168.1.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
        "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_nothing_inside_is_open(address: str) -> None:
    assert not is_open(ipaddress.ip_address(address), [])


def test_what_the_installation_opens_is_open() -> None:
    networks = networks_of(["10.0.0.0/8", "fd00::/8"])
    assert is_open(ipaddress.ip_address("10.1.2.3"), networks)
    assert is_open(ipaddress.ip_address("::ffff:10.1.2.3"), networks)
    assert is_open(ipaddress.ip_address("fd00::1"), networks)
    assert not is_open(ipaddress.ip_address("192.168.1.1"), networks)
    assert why_not_address("http://10.1.2.3/", networks=networks) is None


def test_a_network_that_is_none_is_told() -> None:
    with pytest.raises(BadSetting, match="WEBHOOK_NETWORKS"):
        networks_of(["10.0.0.0/99"])


def test_events_and_secrets() -> None:
    assert why_not_events(["case.closed"]) is None
    assert why_not_events([]) is not None
    assert why_not_events(["case.gone"]) is not None
    assert why_not_secret(draw_secret()) is None
    for unfit in ("secret", "whsec_", "whsec_c2hvcnQ=", "whsec_***"):
        assert why_not_secret(unfit) is not None
