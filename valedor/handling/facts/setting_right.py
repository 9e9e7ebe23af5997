"""What was wrong and is set right, and the ways in to a case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class Corrected(Fact, kind="case.corrected", personal=("before", "after")):
    """Something recorded was wrong. Both versions stay visible; the reason is the body."""

    sentence = _("Corrected: %(field)s was “%(before)s” and is “%(after)s”.")
    icon = "correct"

    correction: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class KindClaimed(Fact, kind="case.kind_claimed"):
    """The person says that what they brought is a complaint. Why, if they said so, is the body."""

    sentence = _("The person says that this is of another kind: %(kind_of_contact)s.")
    icon = "in"

    kind_of_contact: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class KindChanged(Fact, kind="case.kind_changed"):
    """The contact is of another kind from here on, and keeps its dates. The reason is the body.

    ``set_aside`` is the answer that was given to it as what it was before, if there is one.
    """

    sentence = _("Of another kind from here on: %(after)s (before: %(before)s).")
    icon = "correct"

    before: str
    after: str
    letter: int | None
    set_aside: int | None


@dataclass(frozen=True, kw_only=True)
class Protected(Fact, kind="case.protected", seats=Seat.COMPANY):
    """The identity of the person is kept among few from here on. The reason is the body."""

    sentence = _("The person is protected: few see this case now.")
    icon = "shield"


@dataclass(frozen=True, kw_only=True)
class ProtectionLifted(Fact, kind="case.protection_lifted", seats=Seat.COMPANY):
    """The person needs no protection any more. The reason is the body."""

    sentence = _("The protection of the person was lifted.")
    icon = "shield"


@dataclass(frozen=True, kw_only=True)
class LetterCorrected(Fact, kind="case.letter_corrected"):
    """A letter was wrong and another one takes its place. The reason is the body."""

    sentence = _("A letter was corrected; another one takes its place.")
    icon = "correct"

    letter: int
    replaced: int
    had_gone: bool


@dataclass(frozen=True, kw_only=True)
class AccessCodeIssued(Fact, kind="case.access_code_issued"):
    """The person got a new access code; the one before opens nothing any more."""

    sentence = _("A new access code was given; the one before no longer works.")
    icon = "key"

    way: str


@dataclass(frozen=True, kw_only=True)
class LinkSent(Fact, kind="case.link_sent"):
    """A link that opens the case went to an address of the person's."""

    sentence = _("A link to the case was sent.")
    icon = "key"

    letter: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class LinksRevoked(Fact, kind="case.links_revoked"):
    """Links mailed before now open nothing any more."""

    sentence = _("The links mailed before no longer work.")
    icon = "key"
