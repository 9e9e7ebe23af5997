"""What the actions on texts share: that whoever writes may."""

from collections.abc import Collection

from valedor.foundation.refusals import refuse_if
from valedor.knowledge import rules
from valedor.knowledge.queries import led_by
from valedor.people.changes import lock_settings
from valedor.people.models import Account
from valedor.people.queries import roles_of


def lock_for(by: Account | None, entities: Collection[int]) -> None:
    """Wait for whoever else changes what is set, and see that this one may. Raises ``Refused``."""
    lock_settings()
    refuse_if(rules.why_not_edit(by=by, roles=roles_of(by), led=led_by(by), entities=entities))
