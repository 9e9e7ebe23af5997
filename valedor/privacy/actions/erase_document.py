"""Erase one document of a case that goes on: somebody took back what let us keep it."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.document_facts import DocumentErased
from valedor.casefile.models import Case, Document
from valedor.foundation import jobs
from valedor.privacy import tasks
from valedor.privacy.leavings import remove_contents


def erase_document(case: Case, document: Document, *, ground: str, by: By, at: datetime) -> None:
    """Remove a document of a locked case; its line stays, and one more says that it is gone.

    Its bytes go after the transaction, here and once more by the worker.
    """
    contents = (document.sha256,)
    timeline.record(case, DocumentErased(document=document.pk, ground=ground), by=by, at=at)
    Document.objects.filter(pk=document.pk).update(erased_at=at, name="", sha256="", salt=None)
    jobs.enqueue(tasks.remove_contents, contents=list(contents))
    transaction.on_commit(lambda: remove_contents(contents, at=at))
