"""What ``valedor check`` asks about documents, and about the seal on those of the house."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from valedor.casefile.models import Document
from valedor.casefile.scanning import is_scanned_here, unscanned
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.checkup import Finding, question
from valedor.foundation.clamd import Clamd, Unreachable
from valedor.foundation.environment import BadSetting
from valedor.foundation.moments import now
from valedor.foundation.pdf_seal.certificates import BadCertificate
from valedor.foundation.pdf_seal.house import seal_certificate

# How long before its end somebody is told: authorities take weeks to renew one.
SEAL_ENDS_SOON = timedelta(days=45)


@question("documents")
def documents() -> Iterator[Finding]:
    """The scanner answers where one is set, and nobody waits for a decision about quarantine."""
    with viewing(the_house()):
        waiting = unscanned().count() if is_scanned_here() else 0
        held = Document.objects.filter(scan=Document.Scan.INFECTED, erased_at=None).count()
    if held:
        yield Finding(f"{held} documents are in quarantine.")
    if not is_scanned_here():
        yield Finding("Documents are not looked through: CLAMD_URL is not set.")
        return
    try:
        Clamd.at(settings.CLAMD_URL).greet()
    except BadSetting as wrong:
        yield Finding(str(wrong), "set CLAMD_URL")
    except Unreachable as error:
        yield Finding(
            f"The scanner does not answer ({error}); {waiting} documents wait.",
            "start clamd, or look at CLAMD_URL",
        )
    else:
        yield Finding(f"The scanner answers; {waiting} documents wait for it.")


@question("seal")
def seal() -> Iterator[Finding]:
    """Receipts, answers and dossiers are sealed with a certificate that others can trust."""
    at = now()
    try:
        found = seal_certificate(at=at)
    except BadCertificate as wrong:
        yield Finding(
            f"Papers cannot be sealed: {wrong}",
            "set SEAL_PKCS12, or SEAL_CERTIFICATE and SEAL_KEY, to one that an authority issued",
        )
        return
    ends = f"{found.ends_at:%Y-%m-%d}"
    if found.is_demonstration and not settings.DEMO:
        yield Finding(
            "Papers are sealed with the certificate for demonstration: no reader knows its signer.",
            "set SEAL_PKCS12, or SEAL_CERTIFICATE and SEAL_KEY, to what an authority issued",
        )
    elif found.ends_at - at < SEAL_ENDS_SOON:
        yield Finding(
            f"The certificate of the seal ends on {ends}.",
            "have it renewed, and put the new one in its place",
        )
    else:
        yield Finding(f"Papers are sealed with a certificate that ends on {ends}.")
    if not settings.TIMESTAMP_URL and not found.is_demonstration:
        yield Finding("Seals get no time stamp: they prove nothing once the certificate has ended.")
