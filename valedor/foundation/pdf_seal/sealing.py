"""Sealing a PDF: an incremental update that certifies every byte before it (PAdES B-B or B-T).

It is an author's signature that allows no change at all (ISO 32000-1, 12.8.2.2). The metadata of
the file stay as the typesetter wrote them, since PDF/A wants them to agree with one another.
"""

import io
import logging
import os
import time
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from valedor.foundation.pdf_seal.certificates import SealCertificate
from valedor.foundation.pdf_seal.timestamps import NoTimestamp, TimestampService

logger = logging.getLogger(__name__)

FIELD = "Seal"
_ROOM = 48 * 1024  # In hexadecimal digits.
_PAUSE = 120  # Seconds for which a service that gave no stamp is left alone.


_left_alone_until: dict[str, float] = {}


class Appending(IncrementalPdfFileWriter):
    """Writes behind a PDF what is added to it, and leaves its metadata alone."""

    def _update_meta(self) -> None:
        """The library would name itself in some of them."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """The file stays PDF 1.7, of which PDF/A-2 and PDF/A-3 are made."""


class _SignerOfThen(PdfSigner):
    """Signs at a moment that is given, not at the clock's."""

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.at = at

    def init_signing_session(self, *args: Any, **more: Any) -> Any:
        session = super().init_signing_session(*args, **more)
        session.system_time = self.at
        return session


def seal_file(
    path: Path, by: SealCertificate, *, at: datetime, reason: str, timestamp_url: str = ""
) -> bool:
    """Seal a PDF where it lies; whether it got a time stamp. A service that gives none is no
    reason to go without a seal.
    """
    with path.open("r+b") as file:
        return _seal(file, by, at=at, reason=reason, timestamp_url=timestamp_url)


def sealed(
    content: bytes, by: SealCertificate, *, at: datetime, reason: str, timestamp_url: str = ""
) -> bytes:
    """The same of a PDF in memory: its bytes, with the seal behind them."""
    file = io.BytesIO(content)
    _seal(file, by, at=at, reason=reason, timestamp_url=timestamp_url)
    return file.getvalue()


def _seal(
    file: IO[bytes], by: SealCertificate, *, at: datetime, reason: str, timestamp_url: str
) -> bool:
    ends = file.seek(0, os.SEEK_END)
    if timestamp_url and time.monotonic() >= _left_alone_until.get(timestamp_url, 0):
        try:
            _sign(file, by, at, reason, TimestampService(timestamp_url))
        except NoTimestamp as error:
            logger.warning("sealed without a time stamp", extra={"why": str(error)})
            _left_alone_until[timestamp_url] = time.monotonic() + _PAUSE
            file.truncate(ends)
        else:
            return True
    _sign(file, by, at, reason, None)
    return False


def _sign(
    file: IO[bytes],
    by: SealCertificate,
    at: datetime,
    reason: str,
    timestamps: TimestampService | None,
) -> None:
    said = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    signer = _SignerOfThen(
        said, _signer(by), timestamper=timestamps, new_field_spec=SigFieldSpec(FIELD), at=at
    )
    file.seek(0)
    # Room for a time stamp is reserved without asking for one that nobody needs.
    room = _ROOM if timestamps else None
    signer.sign_pdf(Appending(file), in_place=True, bytes_reserved=room)


def _signer(by: SealCertificate) -> SimpleSigner:
    above = SimpleCertificateStore()
    above.register_multiple(
        [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in by.chain]
    )
    key = by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=x509.Certificate.load(by.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=above,
    )
