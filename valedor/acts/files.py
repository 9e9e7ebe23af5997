"""Files that staff add: on disk before any row says so; what is over the limit refused by name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy

from valedor.acts.act import Situation
from valedor.casefile.access import locked
from valedor.casefile.documents import FileRefused, Kept, keep_file, note_refused
from valedor.casefile.documents import add_document as keep_in_file
from valedor.casefile.models import Document
from valedor.casefile.seats import OFFICE_FILE, Seat
from valedor.design.forms import FilesInput
from valedor.handling.actions.add_document import add_document, refuse_document

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FILES = gettext_lazy("Files")


class FilesField(forms.FileField):
    """Several files at once. Each is taken or refused on its own by the view, not by the form."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data


def files_field(label: Any = FILES, help_text: Any = "") -> FilesField:
    """Files that may come along."""
    return FilesField(label=label, help_text=help_text, required=False, widget=FilesInput())


def kept_file(upload: "UploadedFile[bytes]") -> Kept:
    """Put a file on disk. Raises ``FileRefused``."""
    return keep_file(
        upload.name or "",
        upload.chunks(),
        claimed_type=upload.content_type or "",
        size=upload.size,
    )


def add_files(
    situation: Situation,
    uploads: "Sequence[UploadedFile[bytes]]",
    *,
    purpose: str = "evidence",
    internal: bool = False,
    in_mediation: bool = False,
    side: Document.Side | None = None,
) -> list[Document]:
    """Add files to the case; what is not taken is told by name, here and in the timeline."""
    added = []
    for upload in uploads:
        try:
            kept = kept_file(upload)
        except FileRefused as refused:
            situation.said.append(str(refused.refusal))
            if situation.case.is_of_the_office:
                note_refused(
                    locked(situation.case), refused, by=situation.by, at=situation.at,
                    seats=OFFICE_FILE,
                )  # fmt: skip
                continue
            refuse_document(situation.case, refused=refused, by=situation.by, at=situation.at)
            continue
        if situation.case.is_of_the_office:
            added.append(_to_the_file(situation, kept, purpose))
            continue
        added.append(
            add_document(
                situation.case,
                file=kept,
                by=situation.by,
                at=situation.at,
                purpose=purpose,
                internal=internal,
                in_mediation=in_mediation,
                side=side,
            )
        )
    return added


def _to_the_file(situation: Situation, kept: Kept, purpose: str) -> Document:
    """A paper of the ombudsman's office: for itself alone."""
    with transaction.atomic():
        return keep_in_file(
            locked(situation.case),
            kept,
            side=Document.Side.OMBUDSMAN,
            by=situation.by,
            at=situation.at,
            purpose=purpose,
            seats=Seat.OMBUDSMAN,
        )
