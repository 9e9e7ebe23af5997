"""What can happen to a document of a case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


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
