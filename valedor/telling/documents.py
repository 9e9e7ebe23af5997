"""What is said of a document beside its name."""

from django.utils.translation import gettext as _

from valedor.casefile.models import Document
from valedor.casefile.scanning import is_scanned_here


def scan_in_words(document: Document) -> str:
    """Whether it is in quarantine, or waits to be looked through; empty where nothing is to say."""
    if document.is_quarantined:
        return _("in quarantine")
    if document.scan == Document.Scan.UNSCANNED and is_scanned_here():
        return _("not checked for viruses yet")
    return ""
