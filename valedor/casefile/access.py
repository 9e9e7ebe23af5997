"""The only door to cases: what a viewer may see is decided when the row is fetched.

List, detail, counts, search, export and API begin here. A case that may not be seen and one that
does not exist are the same query with the same empty answer.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Q
from django.http import Http404

from valedor.casefile.models import Case
from valedor.casefile.models.case import CaseQuerySet
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import Question, one_round_trip
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission


def cases_visible_to(viewer: Viewer) -> CaseQuerySet:
    """The cases that a viewer may see, closed ones too; but people of another house see the open
    ones of their teams and nothing else.
    """
    if viewer.case_id is not None:
        return Case.objects.filter(pk=viewer.case_id)
    if not viewer.may(Permission.SEE_CASES):
        return Case.objects.none()
    visible = Case.objects.alias(shared=F("seats").bitand(int(viewer.seats))).filter(
        entity__in=viewer.entities, shared__gt=0
    )
    visible = visible.exclude(hidden_from(viewer))
    if viewer.only_teams:
        visible = visible.filter(team__in=viewer.only_teams, closed_at=None)
    return visible


def hidden_from(viewer: Viewer) -> Q:
    """Cases of their entities that somebody may not see all the same: recused, or about a
    protected person at an entity where nothing entitles them to those.
    """
    hidden = Q(recused__contains=[viewer.account_id])
    trusted_at = viewer.entities_where(Permission.SEE_PROTECTED)
    if set(viewer.entities) - set(trusted_at):
        not_theirs = ~Q(holder=viewer.account_id) | Q(holder=None)
        hidden |= Q(is_protected=True) & not_theirs & ~Q(entity__in=trusted_at)
    return hidden


def case_for(viewer: Viewer, typed: str) -> Case:
    """The case that a reference names, if the viewer may see it.

    Raises ``Http404`` for one that does not exist, may not be seen, or whose letter is wrong.
    """
    try:
        reference = read_reference(typed)
    except Refused:
        reference = ""
    with one_round_trip() as ask:
        found = ask(_named(viewer), reference)
    if not found:
        raise Http404
    return found[0]


@lru_cache(maxsize=256)
def _named(viewer: Viewer) -> Question[Case]:
    """The question for a case by its reference, put together once for each viewer."""
    return Question(
        lambda reference: (
            cases_visible_to(viewer)
            .filter(reference=str(reference))
            .select_related(
                "entity",
                "complainant",
                "mandate__representative",
                "category",
                "area",
                "team",
                "holder",
            )
        )
    )


@lru_cache(maxsize=256)
def visible_in_sql(viewer: Viewer) -> tuple[str, tuple[Any, ...]]:
    """The condition of ``cases_visible_to`` as text, for statements that are written out.

    Its columns are those of ``casefile_case``, under that name.
    """
    return condition_in_sql(cases_visible_to(viewer))


def condition_in_sql(cases: CaseQuerySet) -> tuple[str, tuple[Any, ...]]:
    """What a QuerySet of cases asks of the columns of ``casefile_case``, as text with its values.

    Only for conditions that need no other table.
    """
    query = cases.order_by().values_list("pk").query
    try:
        text, values = query.get_compiler("default").as_sql()
    except EmptyResultSet:
        return "false", ()
    start = ' FROM "casefile_case"'
    _columns, _from, condition = text.partition(start)
    asked: Sequence[Any] = values
    if " JOIN " in condition.partition(" WHERE ")[0]:
        raise ValueError(f"This condition needs more than one table: {text}")
    return condition.partition(" WHERE ")[2] or "true", tuple(asked)


def locked(case: Case) -> Case:
    """The same case, fresh and locked until the transaction ends: how every action begins."""
    return Case.objects.select_for_update(of=("self",)).select_related("entity").get(pk=case.pk)
