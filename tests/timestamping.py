"""A real time-stamp service for tests: Debian's openssl answers, behind a small web server."""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIG = """\
[tsa]
default_tsa = ours
[ours]
serial = {home}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass
class Service:
    """The service while it runs: its address, and how often it was asked."""

    url: str
    asked: int = 0


@contextmanager
def running(*, lasts: timedelta = timedelta(days=3650)) -> Iterator[Service]:
    """Run a service as long as the block lasts, with a certificate of its own authority."""
    home = Path(tempfile.mkdtemp(prefix="valedor-tsa-"))
    _write_certificates(home, lasts)
    (home / "serial").write_text("01\n")
    (home / "openssl.cnf").write_text(_CONFIG.format(home=home))
    service = Service("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.asked += 1
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            (home / "query").write_bytes(asked)
            subprocess.run(
                ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-section", "ours",
                 "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key",
                 "-chain", "root.pem", "-out", "reply"],
                cwd=home, check=True, capture_output=True,
            )  # fmt: skip
            answer = (home / "reply").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_said: object) -> None:
            """Nothing: the test says what it saw."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(home, ignore_errors=True)


def _write_certificates(home: Path, lasts: timedelta) -> None:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Test Root", root_key, "Test Root", root_key, lasts=lasts, is_authority=True)
    own = certificate("Test TSA", key, "Test Root", root_key, lasts=lasts, stamps=True)
    (home / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (home / "tsa.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
    (home / "tsa.key").write_bytes(pem_of(key))


def pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A key as a file."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    begins: datetime | None = None,
    lasts: timedelta = timedelta(days=365),
    is_authority: bool = False,
    stamps: bool = False,
) -> x509.Certificate:
    """A certificate of somebody, vouched for by somebody."""
    begins = begins or datetime.now(UTC) - timedelta(days=1)
    built = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        built = built.add_extension(usage, critical=True)
    return built.sign(issuer_key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
