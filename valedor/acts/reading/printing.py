"""What waits to be printed, and what was printed together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from valedor.acts.reading.post_room import PostRoom
from valedor.casefile.models import Letter
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


def to_print(room: PostRoom) -> list[ToPrint]:
    """What waits to be printed, entity by entity."""
    cases = room.cases
    return [
        ToPrint(
            entity,
            list(letters_to_print(entity, cases).select_related("case__entity")[:SHOWN]),
            list(without_address(entity, cases)[:SHOWN]),
        )
        for entity in entities_with_post(room)
    ]


def entities_with_post(room: PostRoom) -> list[Entity]:
    """The entities whose letters are seen to."""
    return list(Entity.objects.filter(pk__in=room.entities).order_by("key"))


def waiting_at(room: PostRoom, key: str) -> int | None:
    """How many letters wait at one of them; nothing where it is none of theirs."""
    for entity in entities_with_post(room):
        if entity.key == key:
            return letters_to_print(entity, room.cases).count()
    return None


def print_of(room: PostRoom, key: str, *, by: Account, at: datetime) -> PrintRun:
    """Print what waits at one of the entities. Raises ``Http404`` and ``Refused``."""
    entity = Entity.objects.filter(key=key, pk__in=room.entities).first()
    if entity is None:
        raise Http404
    return print_letters(entity, by=by, at=at, cases=room.cases, seats=room.seats)


def runs_of(room: PostRoom, *, at: datetime) -> list[PrintRun]:
    """The runs of late, the newest first, each with how many letters it had (``letters``)."""
    found = _runs(room).filter(at__gt=at - RUNS_FOR).select_related("entity", "by")
    seen = Q(printings__case__in=room.cases)
    return list(found.annotate(letters=Count("printings", filter=seen)).order_by("-at", "-pk")[:20])


def _runs(room: PostRoom) -> QuerySet[PrintRun]:
    return PrintRun.objects.filter(entity__in=room.entities, seats=int(room.seats))


def run_for(room: PostRoom, run_id: int) -> PrintRun:
    """One run. Raises ``Http404``."""
    found = _runs(room).filter(pk=run_id)
    run = found.select_related("entity", "by").first()
    if run is None:
        raise Http404
    return run


def printings_of_run(room: PostRoom, run: PrintRun) -> list[Printing]:
    """The letters of a run that may be seen and that are not erased, in their order."""
    found = run.printings.filter(case__in=room.cases, case__erased_at=None)
    found = found.select_related(
        "letter__case__entity", "letter__recipient", "letter__contact_point"
    )
    return list(found.order_by("letter__due_at", "letter__pk"))
