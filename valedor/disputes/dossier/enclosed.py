"""The originals that lie in a dossier: their names there, and what the manifest says of each."""

import hashlib
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.text import slugify

from valedor.casefile import store
from valedor.casefile.arrivals import content_of
from valedor.casefile.models import Document
from valedor.disputes.dossier.contents import Contents, Filed, Written
from valedor.disputes.dossier.redaction import Redactor
from valedor.foundation.pdf_seal.enclosing import Enclosure

Row = dict[str, Any]
_LONGEST = 60


class Original(NamedTuple):
    """A file on its way into a dossier, with its line of the manifest."""

    enclosure: Enclosure
    listed: Row


def name_of_document(one: Filed, redactor: Redactor) -> str:
    """Under which name a document lies in the dossier: its number first, in plain letters, so
    that every system can save it.
    """
    return _named(one.mark, redactor.text(one.document.name))


def name_of_original(one: Written) -> str:
    """The same of a mail as it came."""
    return f"{one.mark}-mail.eml"


def _named(mark: str, name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > 8 or not ending.isascii():
        stem, ending = name, ""
    plain = unicodedata.normalize("NFKD", stem)
    short = slugify(plain)[:_LONGEST].strip("-")
    whole = f"{mark}-{short}" if short else mark
    return f"{whole}.{ending.lower()}" if ending else whole


def originals_of(contents: Contents, redactor: Redactor) -> Iterator[Original]:
    """Every original that goes along, the mails first; each is read when it is taken."""
    for written in contents.written:
        if written.raw is not None:
            yield _mail(written)
    for filed in contents.filed:
        if not filed.why_not:
            yield _document(filed, redactor)


def _mail(one: Written) -> Original:
    raw, message = one.raw, one.message
    assert raw is not None and message is not None  # noqa: S101, PT018 -- asked above
    content = bytes(content_of(raw))
    name = name_of_original(one)
    enclosure = Enclosure(name, "message/rfc822", one.mark, raw.received_at, lambda: content)
    listed = {
        "name": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "message/rfc822",
        "what": "mail",
        "mark": one.mark,
        "entry": message.entry.sequence,
        "at": raw.received_at.isoformat(),
    }
    return Original(enclosure, listed)


def _document(one: Filed, redactor: Redactor) -> Original:
    document, name = one.document, name_of_document(one, redactor)

    def read(document: Document = document) -> bytes:
        return store.read(document.sha256)

    enclosure = Enclosure(name, document.media_type, one.mark, document.at, read)
    listed = {
        "name": name,
        "sha256": document.sha256,
        "size": document.size,
        "media_type": document.media_type,
        "what": "document",
        "mark": one.mark,
        "document": document.pk,
        "entry": document.entry.sequence if document.entry is not None else None,
        "title": redactor.text(document.name),
        "side": str(document.side),
        "at": document.at.isoformat(),
    }
    return Original(enclosure, listed)
