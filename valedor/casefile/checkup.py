"""What ``valedor check`` asks about documents."""

from collections.abc import Iterator

from django.conf import settings

from valedor.casefile.models import Document
from valedor.casefile.scanning import is_scanned_here, unscanned
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.checkup import Finding, question
from valedor.foundation.clamd import Clamd, Unreachable
from valedor.foundation.environment import BadSetting


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
