"""What can happen to a document of a case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class DocumentKept(Fact, kind="document.kept", personal=("name",)):
    """A document was added to the file."""

    sentence = _("%(side)s added the document “%(name)s”.")
    icon = "document"

    document: int
    side: str
    media_type: str
    size: int
    digest: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DocumentRefused(Fact, kind="document.refused", personal=("name",)):
    """A file could not be taken; the rest of what was sent was kept."""

    sentence = _("The file “%(name)s” was not taken: %(reason)s.")
    icon = "warning"

    reason: str
    size: int | None
    name: str


@dataclass(frozen=True, kw_only=True)
class DocumentQuarantined(Fact, kind="document.quarantined", personal=("name",)):
    """A scanner knows something bad of a document: it is kept, and nobody can save it."""

    sentence = _("The document “%(name)s” is in quarantine: %(found)s was found in it.")
    icon = "warning"

    document: int
    found: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DocumentReleased(Fact, kind="document.released", personal=("name",), seats=Seat.COMPANY):
    """Somebody answers for it that a document in quarantine does no harm. Why is the body."""

    sentence = _("The document “%(name)s” was let out of quarantine.")
    icon = "document"

    document: int
    found: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DocumentCondemned(Fact, kind="document.condemned", personal=("name",), seats=Seat.COMPANY):
    """Somebody looked at a document in quarantine, and it stays there. Why is the body."""

    sentence = _("The document “%(name)s” stays in quarantine.")
    icon = "warning"

    document: int
    found: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DocumentErased(Fact, kind="document.erased"):
    """One document was removed while the case goes on; ``ground`` is a word for why."""

    sentence = _("A document was erased.")
    icon = "document"

    document: int
    ground: str
