"""What is sealed opens for whoever brings the key, and for nobody else."""

import hmac
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pytest_django import Settings

from valedor.foundation.sealed import CannotOpen, seal, seal_bytes, unseal, unseal_bytes


def test_a_secret_of_settings_opens_for_its_purpose_alone(settings: Settings) -> None:
    sealed = seal("horse-battery", purpose="mailbox")
    assert b"horse" not in sealed
    assert unseal(sealed, purpose="mailbox") == "horse-battery"
    assert seal("horse-battery", purpose="mailbox") != sealed
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="line")
    settings.SECRET_KEY = "of another installation"
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="mailbox")


def test_what_is_sealed_under_a_key_needs_it() -> None:
    sealed = seal_bytes(b"an answer", b"answer", under=b"key", bound_to=b"request")
    assert unseal_bytes(sealed, b"answer", under=b"key", bound_to=b"request") == b"an answer"
    for under, bound_to in ((b"", b"request"), (b"other", b"request"), (b"key", b"other")):
        with pytest.raises(CannotOpen):
            unseal_bytes(sealed, b"answer", under=under, bound_to=bound_to)


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 60])
def test_what_was_never_sealed_does_not_open(damaged: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(damaged, purpose="mailbox")


def test_secrets_that_were_sealed_the_earlier_way_still_open(settings: Settings) -> None:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"sealed settings", "sha256")
    nonce = os.urandom(12)
    stored = nonce + AESGCM(key).encrypt(nonce, b"horse-battery", b"mailbox")
    assert unseal(stored, purpose="mailbox") == "horse-battery"
