"""The house's own seal, by its settings: its certificate, or the one for demonstration."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from valedor.foundation.pdf_seal.certificates import (
    BadCertificate,
    SealCertificate,
    demonstration,
    from_pem,
    from_pkcs12,
)


def seal_certificate(*, at: datetime) -> SealCertificate:
    """What the house seals with now. Raises ``BadCertificate``, for one that has ended too.

    A file that was put in place of another is read anew: renewing needs no restart.
    """
    paths = _paths()
    changed = tuple(_changed_at(path) for path in paths)
    found = _loaded(paths, changed, settings.SEAL_PASSPHRASE, at)
    if not found.certificate.not_valid_before_utc <= at <= found.ends_at:
        raise BadCertificate(
            f"The certificate of the seal is valid from "
            f"{found.certificate.not_valid_before_utc:%Y-%m-%d} to {found.ends_at:%Y-%m-%d}, and "
            "not now."
        )
    return found


def _paths() -> tuple[Path, ...]:
    if settings.SEAL_PKCS12:
        return (Path(settings.SEAL_PKCS12),)
    if settings.SEAL_CERTIFICATE or settings.SEAL_KEY:
        if not (settings.SEAL_CERTIFICATE and settings.SEAL_KEY):
            raise BadCertificate("SEAL_CERTIFICATE and SEAL_KEY go together: set both.")
        return (Path(settings.SEAL_CERTIFICATE), Path(settings.SEAL_KEY))
    return (demonstration_path(),)


def demonstration_path() -> Path:
    """Where the certificate that the installation made for itself lies, with its key."""
    return Path(settings.VALEDOR_HOME) / "keys" / "seal-demonstration.pem"


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


_Known = tuple[tuple[Path, ...], tuple[int, ...], str]
_known: dict[_Known, SealCertificate] = {}


def _loaded(
    paths: tuple[Path, ...], changed: tuple[int, ...], passphrase: str, at: datetime
) -> SealCertificate:
    key = (paths, changed, passphrase)
    if key not in _known:
        found = _load(paths, passphrase, at)
        _known.clear()
        _known[key] = found
    return _known[key]


def _load(paths: tuple[Path, ...], passphrase: str, at: datetime) -> SealCertificate:
    if paths == (demonstration_path(),):
        return demonstration(paths[0], at=at)
    if len(paths) == 1:
        return from_pkcs12(paths[0], passphrase)
    return from_pem(paths[0], paths[1], passphrase)
