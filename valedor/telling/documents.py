"""What is said of a document beside its name."""

from django.utils.translation import gettext as _

from valedor.casefile.documents import IN_MEDIATION
from valedor.casefile.models import Document
from valedor.casefile.scanning import is_scanned_here


def about_document(document: Document) -> str:
    """What whoever opens it has to know: that it is confidential, and what a scanner says; empty
    where nothing is to say.
    """
    confidential = _("for the mediation alone") if document.purpose == IN_MEDIATION else ""
    return " · ".join(filter(None, (confidential, _scan_in_words(document))))


def _scan_in_words(document: Document) -> str:
    if document.is_quarantined:
        return _("in quarantine")
    if document.scan == Document.Scan.UNSCANNED and is_scanned_here():
        return _("not checked for viruses yet")
    return ""
