"""What the worker does for orders: with the case that is withdrawn its order is cancelled, where it
is not too late.
"""

from valedor.casefile.models import Case, Entry
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.jobs import task
from valedor.orders.actions.cancel import let_go


@task(lock="case:{case_id}")
def case_withdrawn(*, case_id: int, entry_id: int) -> None:
    """The person does not go on with the case: nor with its order, as far as they may say so."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        let_go(Case.objects.get(pk=case_id), at=entry.at)
