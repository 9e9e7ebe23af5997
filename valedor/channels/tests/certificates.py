"""Certificates made for one test: an authority of our own, and what it vouches for."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    """Who signs, and the file that whoever trusts it reads."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    file: Path


def an_authority(folder: Path) -> Authority:
    """A root that nobody trusts until they are told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root of this test")])
    certificate = _certificate(name, name, key, key, x509.BasicConstraints(ca=True, path_length=0))
    file = folder / "root.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(name, key, file)


def a_server_context(authority: Authority, folder: Path, *, address: str) -> ssl.SSLContext:
    """What a server shows that is reached at an address of the network."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server")]),
        authority.name,
        key,
        authority.key,
        x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]),
    )
    file = folder / f"{address}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_with: ec.EllipticCurvePrivateKey,
    says: x509.ExtensionType,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(says, critical=isinstance(says, x509.BasicConstraints))
        .sign(signed_with, hashes.SHA256())
    )
