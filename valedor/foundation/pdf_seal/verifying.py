"""Checking a sealed PDF: its seal, its manifest and every file in it.

It asks no database and no network. Whether to trust whoever sealed it is for the reader to say;
what is told here is who it was, by their certificate.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from valedor.foundation.pdf_seal import manifest
from valedor.foundation.pdf_seal.certificates import is_demonstration
from valedor.foundation.pdf_seal.manifest import BadManifest, Manifest
from valedor.foundation.pdf_seal.signatures import CHANGED, Signed, read_signature

_PIECE = 2**20


class NotAPdf(Exception):
    """The file is no PDF at all."""


@dataclass
class Verified:
    """What was looked at: ``broken`` is what is wrong, ``said`` what the reader has to know."""

    signed: Signed | None = None
    manifest: Manifest | None = None
    files: int = 0
    broken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.broken

    def as_json(self) -> dict[str, Any]:
        """The answer of ``valedor verify FILE --json``."""
        return {
            "holds": self.holds,
            "seal": _seal_as_json(self.signed) if self.signed else None,
            "manifest": dict(self.manifest.about) if self.manifest else None,
            "files": self.files,
            "broken": self.broken,
            "said": self.said,
        }


def verify_file(path: Path, *, at: datetime) -> Verified:
    """Check a file as it is on a day. Raises ``NotAPdf``, and ``OSError`` where it cannot be
    read.
    """
    found = Verified()
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise NotAPdf
        file.seek(0)
        try:
            reader = PdfFileReader(file)
            _check_seal(reader, file, found, at)
            _check_files(reader, file, found)
        except Exception:  # noqa: BLE001 -- a damaged file breaks any reader in any way
            found.broken.append(
                "The file is damaged: it was sealed, or made, as a PDF that can be read."
            )
    found.broken = list(dict.fromkeys(found.broken))
    return found


# ------------------------------------------------------------------ the seal
def _check_seal(reader: PdfFileReader, file: IO[bytes], found: Verified, at: datetime) -> None:
    signatures = reader.embedded_regular_signatures
    if not signatures:
        found.broken.append("There is no seal: nothing shows who made it, or that it is whole.")
        return
    try:
        signed = read_signature(signatures[-1], file)
    except Exception:  # noqa: BLE001 -- see above
        found.broken.append(CHANGED)
        return
    found.signed = signed
    found.broken += signed.broken
    found.broken += _out_of_time(signed, at)
    found.said += _about_signer(signed)


def _out_of_time(signed: Signed, at: datetime) -> Iterator[str]:
    """A certificate proves what was sealed while it was valid, and only a time stamp, or a day
    on which it still is, shows that it was sealed then.
    """
    certificate = signed.certificate
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    sealed_at = signed.stamp.at if signed.stamp else signed.claimed_at
    if sealed_at is None or sealed_at < begins or sealed_at > ends:
        yield (
            f"The certificate of the seal is valid from {begins:%Y-%m-%d} to {ends:%Y-%m-%d}, and "
            "the seal was not made then."
        )
    elif signed.stamp is None and at > ends:
        yield (
            f"The certificate of the seal ended on {ends:%Y-%m-%d}, and without a time stamp "
            "nothing shows that the seal was made before. Ask whoever made the file to make it "
            "anew."
        )
    elif signed.stamp is not None and at > signed.stamp.certificate.not_valid_after_utc:
        yield (
            "The certificate of the time stamp ended on "
            f"{signed.stamp.certificate.not_valid_after_utc:%Y-%m-%d}: it shows no more when the "
            "seal was made. Ask whoever made the file to make it anew."
        )


def _about_signer(signed: Signed) -> Iterator[str]:
    name = signed.certificate.subject.rfc4514_string()
    if is_demonstration(signed.certificate):
        yield (
            "The seal was made with a certificate for demonstration, which an installation makes "
            "for itself: it shows that nothing was changed, and not who sealed it."
        )
    elif not signed.chain and signed.certificate.issuer == signed.certificate.subject:
        yield (
            f"The signer is unknown: {name} vouches for itself. Compare the certificate's SHA-256 "
            "with what the organisation publishes."
        )
    else:
        issuer = signed.certificate.issuer.rfc4514_string()
        yield (
            f"Sealed by {name}, for whom {issuer} vouches. Whether to trust that authority is "
            "yours to say: no list of them is consulted here."
        )
    if signed.stamp is None:
        yield "There is no time stamp: the moment of the seal is as its maker says."
    else:
        service = signed.stamp.certificate.subject.rfc4514_string()
        yield f"Stamped at {signed.stamp.at:%Y-%m-%dT%H:%M:%SZ} by {service}."


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, by which people compare it."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _seal_as_json(signed: Signed) -> dict[str, Any]:
    certificate = signed.certificate
    return {
        "level": "PAdES B-T" if signed.stamp else "PAdES B-B",
        "signer": certificate.subject.rfc4514_string(),
        "issuer": certificate.issuer.rfc4514_string(),
        "serial": f"{certificate.serial_number:x}",
        "sha256": fingerprint(certificate),
        "valid_from": certificate.not_valid_before_utc.isoformat(),
        "valid_to": certificate.not_valid_after_utc.isoformat(),
        "is_demonstration": is_demonstration(certificate),
        "claimed_at": signed.claimed_at.isoformat() if signed.claimed_at else None,
        "stamped_at": signed.stamp.at.isoformat() if signed.stamp else None,
        "stamped_by": signed.stamp.certificate.subject.rfc4514_string() if signed.stamp else None,
    }


# ------------------------------------------------------------------ the files
def _check_files(reader: PdfFileReader, file: IO[bytes], found: Verified) -> None:
    embedded = dict(_embedded(reader))
    own = embedded.pop(manifest.NAME, None)
    if own is None:
        if embedded:
            found.broken.append(f"{len(embedded)} files are in it and no manifest lists them.")
        return
    try:
        told = manifest.read(_content(reader, own))
    except BadManifest as error:
        found.broken.append(str(error))
        return
    found.manifest = told
    _check_pages(file, told, found)
    for listed in told.files:
        held = embedded.pop(listed.name, None)
        if held is None:
            found.broken.append(f"The file {listed.name} is missing: the manifest lists it.")
            continue
        found.files += 1
        content = _content(reader, held)
        if len(content) != listed.size or hashlib.sha256(content).hexdigest() != listed.sha256:
            found.broken.append(f"The file {listed.name} is not the one that the manifest lists.")
    for name in embedded:
        found.broken.append(f"The file {name} is in it and the manifest does not list it.")


def _embedded(reader: PdfFileReader) -> Iterator[tuple[str, generic.Reference]]:
    """Every embedded file by its name, and where its bytes are; one named twice comes as two."""
    try:
        pairs = reader.root["/Names"]["/EmbeddedFiles"]
    except KeyError:
        return
    seen: dict[str, int] = {}
    for told in _leaves(pairs):
        name = str(told["/UF"] if "/UF" in told else told["/F"])
        seen[name] = seen.get(name, 0) + 1
        held = told["/EF"].raw_get("/F").reference
        if "/UF" in told["/EF"] and told["/EF"].raw_get("/UF").reference != held:
            name = f"{name} (another content by its other name)"
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), held


def _leaves(node: generic.DictionaryObject, depth: int = 0) -> Iterator[generic.DictionaryObject]:
    if "/Names" in node:
        names = node["/Names"]
        for place in range(1, len(names), 2):
            yield names[place]
    if "/Kids" in node and depth < 20:
        for kid in node["/Kids"]:
            yield from _leaves(kid, depth + 1)


def _content(reader: PdfFileReader, held: generic.Reference) -> bytes:
    """The bytes of one embedded file; they are not remembered, since there may be many."""
    stream = reader.get_object(held)
    content = bytes(stream.data)
    reader.resolved_objects.pop((held.generation, held.idnum), None)
    return content


def _check_pages(file: IO[bytes], told: Manifest, found: Verified) -> None:
    file.seek(0)
    digest, left = hashlib.sha256(), told.pages_size
    while left > 0 and (piece := file.read(min(left, _PIECE))):
        digest.update(piece)
        left -= len(piece)
    if left or digest.hexdigest() != told.pages_sha256:
        found.broken.append("The pages are not the ones that the manifest names.")
