"""What can happen to a case before other bodies."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class DossierAsked(Fact, kind="dossier.asked", personal=("body",), seats=Seat.COMPLAINANT):
    """The person asks for their file, to take it to somebody. Nobody else sees that they did."""

    sentence = _("A dossier for %(body)s was asked for.")
    icon = "document"

    dossier: int
    body: str


@dataclass(frozen=True, kw_only=True)
class DossierMade(Fact, kind="dossier.made", personal=("body",), seats=Seat.COMPANY):
    """The whole file was put together for a third body. It is seen by the house that made it."""

    sentence = _(
        "A dossier was made for %(body)s, the full copy: %(pages)s pages, %(files)s files in it."
    )
    icon = "document"

    dossier: int
    document: int
    pages: int
    files: int
    body: str


@dataclass(frozen=True, kw_only=True)
class RedactedDossierMade(
    Fact, kind="dossier.made_redacted", personal=("body",), seats=Seat.COMPANY
):
    """The same without the data of third persons and without whatever nobody chose."""

    sentence = _(
        "A dossier was made for %(body)s, the redacted copy: %(pages)s pages, %(files)s files in "
        "it."
    )
    icon = "document"

    dossier: int
    document: int
    pages: int
    files: int
    body: str


@dataclass(frozen=True, kw_only=True)
class DossierFailed(Fact, kind="dossier.failed", personal=("body",), seats=Seat.COMPANY):
    """The worker could not put a dossier together."""

    sentence = _("The dossier for %(body)s could not be made.")
    icon = "warning"

    dossier: int
    body: str
