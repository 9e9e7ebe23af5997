"""What can happen to somebody who is let in. Names are personal, and go with the case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ParticipantLetIn(Fact, kind="participant.let_in", personal=("name", "organisation")):
    """Somebody was let in to the case: by the person, or on a mandate that the house recorded, of
    which the body says on what it rests.
    """

    sentence = _("Let in: %(name)s (%(role)s). %(scope)s.")
    icon = "in"

    participant: int
    name: str
    organisation: str
    role: str
    scope: str
    expires_on: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class ParticipantLetOut(Fact, kind="participant.let_out", personal=("name",)):
    """Somebody is not let in any more. The reason, if one was given, is the body."""

    sentence = _("Let out: %(name)s. %(ending)s.")
    icon = "out"

    participant: int
    name: str
    ending: str
    letter: int | None
