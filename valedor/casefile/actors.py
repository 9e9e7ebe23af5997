"""Who acted: a member of staff, the complainant, somebody who speaks for them, or the house's
own rules.
"""

from dataclasses import dataclass

from valedor.casefile.models import Entry
from valedor.people.models import Account


@dataclass(frozen=True)
class Speaker:
    """Somebody whom the person let in to their case: what they do is told under their own name.

    ``role`` is a word of ``participants.models.Participant.Role``.
    """

    participant_id: int
    name: str
    role: str
    organisation: str = ""


@dataclass(frozen=True)
class By:
    """The author of an act. ``speaker`` names whoever was let in, where it is neither the person
    nor the representative of the case.
    """

    actor: Entry.Actor
    account: Account | None = None
    speaker: Speaker | None = None

    @property
    def account_id(self) -> int | None:
        return self.account.pk if self.account else None


COMPLAINANT = By(Entry.Actor.COMPLAINANT)
REPRESENTATIVE = By(Entry.Actor.REPRESENTATIVE)
SYSTEM = By(Entry.Actor.SYSTEM)


def staff(account: Account) -> By:
    """A member of staff."""
    return By(Entry.Actor.STAFF, account)


def let_in(speaker: Speaker) -> By:
    """Somebody whom the person let in to their case."""
    return By(Entry.Actor.REPRESENTATIVE, speaker=speaker)
