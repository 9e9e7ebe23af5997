"""Letters on paper taken in: each file is kept as it is before anything opens it."""

import hashlib
import mmap
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _

from valedor.acts.desk.desk_act import Desk
from valedor.acts.forms.scans import ScanForm
from valedor.acts.reading import scans as reading
from valedor.casefile.documents import plain_name
from valedor.channels.post.scanning import keep_scan
from valedor.people.models import Account

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class TakingInForm(ScanForm):
    """Whose letters they are, how they came and when."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        super().__init__(reading.entities_of_paper(situation.viewer), *data)
        del self.fields["scans"]
        self.fields["entity"].initial = None  # A program names it, also where there is but one.

    def clean(self) -> dict[str, Any]:
        """With what was scanned."""
        if not self.situation.files:
            raise forms.ValidationError(_("Choose at least one file."))
        return dict(super().clean() or {}) | {"form": self}


def do_take_in(desk: Desk, given: Mapping[str, Any]) -> str:
    for upload in desk.files:
        _is_new, words = keep_upload(given["form"], upload, by=desk.account, at=desk.at)
        desk.said.append(words)
    return _("They are being opened and read.")


def keep_upload(
    form: ScanForm, upload: "UploadedFile[bytes]", *, by: Account, at: datetime
) -> tuple[bool, str]:
    """Keep one file; whether it is new, and what is said of it."""
    entity, given = form.entity_of, form.cleaned_data
    name = plain_name(upload.name or "")
    content = _bytes_of(upload)
    digest = hashlib.sha256(b"scan %d %s\n" % (entity.pk, given["channel"].encode()))
    digest.update(content)
    scan = keep_scan(
        content,
        entity=entity,
        name=name,
        media_type=upload.content_type or "application/octet-stream",
        channel=given["channel"],
        received_at=given["received_at"],
        at=at,
        by=by,
        token=digest.hexdigest(),
    )
    if scan is None:
        return False, _("“%(name)s” was scanned before.") % {"name": name}
    return True, _("“%(name)s” is kept. It is being opened and read.") % {"name": name}


def _bytes_of(upload: "UploadedFile[bytes]") -> bytes | mmap.mmap:
    """The bytes of an upload: a large one stays on disk, where it is."""
    if not isinstance(upload, TemporaryUploadedFile) or not upload.size:
        content: bytes = upload.read()
        return content
    with Path(upload.temporary_file_path()).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
