"""A case that goes on in another one: where its words, codes and links lead."""

from valedor.casefile.access import locked
from valedor.casefile.models import Case


def surviving(case: Case) -> Case:
    """The case in which this one goes on; itself, unless it was merged.

    For whoever sees both: the house, or the company inside an action.
    """
    while case.merged_into_id is not None:
        case = Case.objects.select_related("entity").get(pk=case.merged_into_id)
    return case


def locked_where_it_goes_on(case: Case) -> Case:
    """The case that is to hear what came for this one, fresh and locked."""
    case = locked(case)
    return case if case.merged_into_id is None else locked(surviving(case))
