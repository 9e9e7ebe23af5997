"""Whether the signature of a seal holds: every byte of the file, those of the seal itself too.

A signature covers the bytes around it, not its own container: what the container says beside the
signed part is compared with the only way in which it can be said.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.general import CMSStructuralError
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from valedor.foundation.pdf_seal.certificates import chain_of, is_signed_by

CHANGED = "The seal is broken: the file was changed after it was sealed."
CONTAINER = "The seal itself was changed: it holds something that its signature does not cover."


@dataclass(frozen=True)
class Stamp:
    """The time stamp of a seal: when, and by which service."""

    at: datetime
    certificate: x509.Certificate


@dataclass(frozen=True)
class Signed:
    """A seal as it was read. ``broken`` says what is wrong with it, nothing when it holds."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    claimed_at: datetime | None
    stamp: Stamp | None
    broken: tuple[str, ...]


def read_signature(found: EmbeddedPdfSignature, file: IO[bytes]) -> Signed:
    """Check one signature. Raises whatever a damaged one makes the libraries raise."""
    broken: list[str] = []
    if not _covers_all(found, file):
        broken.append(CHANGED)
    digest = found.compute_digest()
    signed = found.signed_data
    certificate = _own_certificate(signed)
    if not _holds(signed, digest, "data"):
        broken.append(CHANGED)
    broken += _oddities(signed, version="v1")
    stamp, trouble = _stamp_of(found)
    broken += trouble
    return Signed(
        certificate=certificate,
        chain=tuple(_others(signed, certificate)),
        claimed_at=found.self_reported_timestamp,
        stamp=stamp,
        broken=tuple(dict.fromkeys(broken)),
    )


def _covers_all(found: EmbeddedPdfSignature, file: IO[bytes]) -> bool:
    """Whether the signature covers the file from its first byte to its last, but for its own
    container, and the container is written as seals are: hexadecimal, capitals, zeros behind.
    """
    ranges = [int(one) for one in found.byte_range]
    if len(ranges) != 4:
        return False
    start, first, second, rest = ranges
    if start != 0 or second + rest != file.seek(0, 2) or not 0 < first < second:
        return False
    file.seek(first)
    raw = file.read(second - first)
    container = cms.ContentInfo.load(found.pkcs7_content, strict=False)
    if not _is_exact(container, container["content_type"], container["content"]):
        return False
    der = container.dump()
    length = second - first - 2
    written = der.hex().upper().encode()
    return bool(raw == b"<" + written + b"0" * (length - len(written)) + b">")


def _is_exact(whole: Any, *parts: Any) -> bool:
    """Whether something is made of these parts and of nothing behind them."""
    return bool(whole.contents == b"".join(part.dump() for part in parts))


def _holds(signed: cms.SignedData, digest: bytes, content_type: str) -> bool:
    info = signed["signer_infos"][0]
    own = next(one.chosen for one in signed["certificates"] if _is_of(one.chosen, info))
    if not info["signed_attrs"]:
        return False
    try:
        intact, valid = validate_sig_integrity(info, own, content_type, digest)
    except (SignatureValidationError, CMSStructuralError, InvalidSignature, ValueError, TypeError):
        return False
    return bool(intact and valid)


def _is_of(certificate: Any, info: cms.SignerInfo) -> bool:
    said = info["sid"].chosen
    return bool(
        info["sid"].name == "issuer_and_serial_number"
        and said["issuer"].dump() == certificate.issuer.dump()
        and said["serial_number"].native == certificate.serial_number
    )


def _own_certificate(signed: cms.SignedData) -> x509.Certificate:
    info = signed["signer_infos"][0]
    own = next(one.chosen for one in signed["certificates"] if _is_of(one.chosen, info))
    return x509.load_der_x509_certificate(own.dump())


def _others(signed: cms.SignedData, own: x509.Certificate) -> Iterator[x509.Certificate]:
    for one in signed["certificates"]:
        read = x509.load_der_x509_certificate(one.chosen.dump())
        if read != own:
            yield read


def _oddities(signed: cms.SignedData, *, version: str) -> Iterator[str]:
    """What a container says outside its signed part, and cannot say in another way."""
    info = signed["signer_infos"][0]
    own = _own_certificate(signed)
    others = list(_others(signed, own))
    vouched = chain_of(own, others)
    is_whole = (
        len(signed["signer_infos"]) == 1
        and signed["version"].native == version
        and info["version"].native == "v1"
        and [one.dump() for one in signed["digest_algorithms"]] == [info["digest_algorithm"].dump()]
        and not signed["crls"]
        and _is_exact(signed, *(signed[name] for name in signed))
        and _is_exact(info, *(info[name] for name in info))
        and all(_is_exact(many, *many) for many in _sets_of(signed))
        and set(vouched) == set(others)
        and all(is_signed_by(one, one) for one in vouched[-1:])
    )
    if not is_whole:
        yield CONTAINER


def _sets_of(signed: cms.SignedData) -> tuple[Any, ...]:
    return signed["digest_algorithms"], signed["certificates"], signed["signer_infos"]


# ------------------------------------------------------------------ time stamp
def _stamp_of(found: EmbeddedPdfSignature) -> tuple[Stamp | None, list[str]]:
    info = found.signer_info
    attributes = info["unsigned_attrs"]
    if not attributes:
        return None, []
    if len(attributes) != 1 or attributes[0]["type"].native != "signature_time_stamp_token":
        return None, [CONTAINER]
    tokens = attributes[0]["values"]
    if len(tokens) != 1:
        return None, [CONTAINER]
    if not _is_exact(tokens[0], tokens[0]["content_type"], tokens[0]["content"]):
        return None, [CONTAINER]
    token = tokens[0]["content"]
    content = token["encap_content_info"]["content"]
    told = content.parsed
    method = token["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(method, bytes(content)).digest()
    imprint = told["message_imprint"]
    wanted = hashlib.new(
        imprint["hash_algorithm"]["algorithm"].native, info["signature"].native
    ).digest()
    if imprint["hashed_message"].native != wanted or not _holds(token, digest, "tst_info"):
        return None, ["The time stamp is not the one of this seal."]
    trouble = list(_oddities(token, version="v3"))
    certificate, at = _own_certificate(token), told["gen_time"].native.astimezone(UTC)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        trouble.append("The time stamp was made with a certificate that was not valid then.")
    return Stamp(at, certificate), trouble
