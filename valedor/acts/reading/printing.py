"""What waits to be printed, and what was printed together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.http import Http404

from valedor.acts.papers import WORKS
from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Letter
from valedor.casefile.viewing import Viewer
from valedor.channels.post.actions.print_letters import print_letters
from valedor.channels.post.models import Printing, PrintRun
from valedor.channels.post.printing import letters_to_print, without_address
from valedor.people.models import Account, Entity

SHOWN = 100
RUNS_FOR = timedelta(days=60)


@dataclass(frozen=True)
class ToPrint:
    """The letters of one entity that wait to be printed, and those that cannot be."""

    entity: Entity
    letters: list[Letter]
    homeless: list[Letter]


def to_print(viewer: Viewer) -> list[ToPrint]:
    """What waits to be printed, entity by entity, where this viewer sees to letters."""
    cases = cases_visible_to(viewer)
    return [
        ToPrint(
            entity,
            list(letters_to_print(entity, cases).select_related("case__entity")[:SHOWN]),
            list(without_address(entity, cases)[:SHOWN]),
        )
        for entity in entities_with_post(viewer)
    ]


def entities_with_post(viewer: Viewer) -> list[Entity]:
    """The entities whose letters this viewer sees to."""
    return list(Entity.objects.filter(pk__in=viewer.entities_where(*WORKS)).order_by("key"))


def waiting_at(viewer: Viewer, key: str) -> int | None:
    """How many letters wait at one of them; nothing where it is none of theirs."""
    for entity in entities_with_post(viewer):
        if entity.key == key:
            return letters_to_print(entity, cases_visible_to(viewer)).count()
    return None


def print_of(viewer: Viewer, key: str, *, by: Account, at: datetime) -> PrintRun:
    """Print what waits at an entity of this viewer's. Raises ``Http404`` and ``Refused``."""
    entity = Entity.objects.filter(key=key, pk__in=viewer.entities_where(*WORKS)).first()
    if entity is None:
        raise Http404
    return print_letters(entity, by=by, at=at, cases=cases_visible_to(viewer))


def runs_of(viewer: Viewer, *, at: datetime) -> list[PrintRun]:
    """The runs of late, the newest first, each with how many letters it had (``letters``)."""
    found = PrintRun.objects.filter(
        entity__in=viewer.entities_where(*WORKS), at__gt=at - RUNS_FOR
    ).select_related("entity", "by")
    seen = Q(printings__case__in=cases_visible_to(viewer))
    return list(found.annotate(letters=Count("printings", filter=seen)).order_by("-at", "-pk")[:20])


def run_for(viewer: Viewer, run_id: int) -> PrintRun:
    """One run. Raises ``Http404``."""
    found = PrintRun.objects.filter(pk=run_id, entity__in=viewer.entities_where(*WORKS))
    run = found.select_related("entity", "by").first()
    if run is None:
        raise Http404
    return run


def printings_of_run(viewer: Viewer, run: PrintRun) -> list[Printing]:
    """The letters of a run that this viewer may see and that are not erased, in their order."""
    found = run.printings.filter(case__in=cases_visible_to(viewer), case__erased_at=None)
    found = found.select_related(
        "letter__case__entity", "letter__recipient", "letter__contact_point"
    )
    return list(found.order_by("letter__due_at", "letter__pk"))
