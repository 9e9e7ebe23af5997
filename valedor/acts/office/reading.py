"""What the forms of the office choose from."""

from django.http import Http404

from valedor.casefile.models import Document, Grievance
from valedor.review.office.models import Statement
from valedor.review.office.queries import FileState, documents_of


def statement_of(fs: FileState, number: int) -> Statement:
    """A statement of a file. Raises ``Http404``."""
    found = next((one for one in fs.statements if one.pk == number), None)
    if found is None:
        raise Http404
    return found


def point_of(fs: FileState, number: int) -> Grievance:
    """A point of a file. Raises ``Http404``."""
    found = next((one for one in fs.grievances if one.pk == number), None)
    if found is None:
        raise Http404
    return found


def documents_to_cite(fs: FileState) -> list[Document]:
    """The documents of a file that can show a fact."""
    return documents_of(fs.file)
