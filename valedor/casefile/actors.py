"""Who acted: a member of staff, the complainant, somebody who speaks for them, or the house's
own rules.
"""

from dataclasses import dataclass

from valedor.casefile.models import Entry
from valedor.people.models import Account


@dataclass(frozen=True)
class By:
    """The author of an act."""

    actor: Entry.Actor
    account: Account | None = None

    @property
    def account_id(self) -> int | None:
        return self.account.pk if self.account else None


COMPLAINANT = By(Entry.Actor.COMPLAINANT)
REPRESENTATIVE = By(Entry.Actor.REPRESENTATIVE)
SYSTEM = By(Entry.Actor.SYSTEM)


def staff(account: Account) -> By:
    """A member of staff."""
    return By(Entry.Actor.STAFF, account)
