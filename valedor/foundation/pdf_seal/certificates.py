"""The key and certificate that a seal is made with: an authority's, or one for demonstration."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

DEMONSTRATION = "For demonstration only, no organisation"
"""What stands as organisation in the certificate that an installation makes for itself."""

_DEMONSTRATION_LASTS = timedelta(days=3650)

SealKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class BadCertificate(Exception):
    """A certificate or key cannot be used. The message says which, and what is the matter."""


@dataclass(frozen=True)
class SealCertificate:
    """What a house seals with. ``chain`` are the certificates above its own up to the root that
    signed itself, and empty where that root is not there: what nothing vouches for is not put
    into a seal.
    """

    key: SealKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def is_demonstration(self) -> bool:
        """Whether an installation made it for itself."""
        return is_demonstration(self.certificate)

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.certificate.not_valid_after_utc


def is_demonstration(certificate: x509.Certificate) -> bool:
    """Whether a certificate says that it is for demonstration."""
    named = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return any(one.value == DEMONSTRATION for one in named)


def from_pem(certificates: Path, key: Path, passphrase: str = "") -> SealCertificate:
    """A certificate with those above it in one PEM file, its key in another.

    Raises ``BadCertificate``.
    """
    try:
        found = x509.load_pem_x509_certificates(_read(certificates))
    except ValueError as error:
        raise BadCertificate(f"{certificates} holds no certificate in PEM.") from error
    secret = passphrase.encode() or None
    try:
        loaded = serialization.load_pem_private_key(_read(key), secret)
    except (ValueError, TypeError) as error:
        raise BadCertificate(f"The key in {key} cannot be opened: {error}") from error
    return _fitting(loaded, found[0], found[1:])


def from_pkcs12(path: Path, passphrase: str = "") -> SealCertificate:
    """All of it in one PKCS#12 file, as authorities hand it out. Raises ``BadCertificate``."""
    secret = passphrase.encode() or None
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(_read(path), secret)
    except ValueError as error:
        raise BadCertificate(
            f"{path} cannot be opened as PKCS#12: it is none, or the passphrase is another."
        ) from error
    if key is None or certificate is None:
        raise BadCertificate(f"{path} holds no key with its certificate.")
    return _fitting(key, certificate, others)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadCertificate(f"{path} cannot be read: {error.strerror}.") from error


def _fitting(
    key: object, certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> SealCertificate:
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise BadCertificate("The key of a seal is one of RSA or of an elliptic curve (ECDSA).")
    if key.public_key() != certificate.public_key():
        raise BadCertificate("The key is not the one of the certificate that comes first.")
    return SealCertificate(key, certificate, chain_of(certificate, others))


def chain_of(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The certificates above one, up to a root among them; none where the root is not there."""
    chain: list[x509.Certificate] = []
    waiting, below = list(others), certificate
    while not is_signed_by(below, below):
        above = next((one for one in waiting if is_signed_by(below, one)), None)
        if above is None:
            return ()
        waiting.remove(above)
        chain.append(above)
        below = above
    return tuple(chain)


def is_signed_by(below: x509.Certificate, above: x509.Certificate) -> bool:
    """Whether one certificate is signed with the key of another, or with its own."""
    try:
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def demonstration(kept: Path, *, at: datetime) -> SealCertificate:
    """The certificate that an installation makes for itself, drawn at first use and kept.

    It proves that nothing was changed since, and not who sealed it: no authority vouches for it,
    so that readers call its signer unknown. Two processes that start together agree on one.
    """
    if not kept.exists():
        _draw(kept, at)
    return from_pem(kept, kept)


def _draw(kept: Path, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMONSTRATION),
            x509.NameAttribute(NameOID.COMMON_NAME, "Valedor demonstration seal"),
        ]
    )
    uses = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _DEMONSTRATION_LASTS)  # Demonstrations tell of earlier days.
        .not_valid_after(at + _DEMONSTRATION_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **uses), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    drawn = kept.with_name(f".{kept.name}.{os.getpid()}")
    drawn.touch(mode=0o600)
    drawn.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    try:
        os.link(drawn, kept)
    except FileExistsError:
        pass
    finally:
        drawn.unlink()
