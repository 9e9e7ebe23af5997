"""The house's seal on a paper that leaves it."""

import logging
from datetime import datetime

from django.conf import settings

from valedor.foundation.pdf_seal.certificates import BadCertificate
from valedor.foundation.pdf_seal.house import seal_certificate

logger = logging.getLogger(__name__)


def with_seal(pdf: bytes, *, reason: str, at: datetime) -> bytes:
    """A PDF with the seal behind it, and a time stamp where a service is set.

    A certificate that cannot be used stops no receipt and no answer: they leave without a seal,
    and ``valedor check`` says so.
    """
    # Whoever seals nothing need not load what it takes.
    from valedor.foundation.pdf_seal.sealing import sealed

    try:
        by = seal_certificate(at=at)
    except BadCertificate as error:
        logger.error("a paper leaves without a seal", extra={"why": str(error)})
        return pdf
    return sealed(pdf, by, at=at, reason=reason, timestamp_url=settings.TIMESTAMP_URL)
