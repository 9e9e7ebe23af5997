"""The files that were brought in, and what became of the complaints in them."""

from collections.abc import Sequence

from django.db.models import Count, Q, Sum

from valedor.casefile.viewing import Viewer
from valedor.intake.models import ImportedFile
from valedor.intake.rules import SORTS
from valedor.people.permissions import Permission

LOOKS = (*SORTS, Permission.AUDIT)
SHOWN = 100


def files_brought_in(viewer: Viewer) -> list[ImportedFile]:
    """The latest first, each with its sums: ``cases``, ``present``, ``rejected``."""
    found = ImportedFile.objects.filter(entity__in=viewer.entities_where(*LOOKS))
    return list(
        found.select_related("entity")
        .annotate(
            cases=Sum("stretches__cases", default=0),
            present=Sum("stretches__already_present", default=0),
            rejected=Sum("stretches__rejected", default=0),
        )
        .order_by("-begun_at", "-pk")[:SHOWN]
    )


def rows_waiting_of(files: Sequence[ImportedFile]) -> dict[int, int]:
    """How many rejected rows of each file still wait for somebody."""
    counted = ImportedFile.objects.filter(pk__in=[one.pk for one in files]).annotate(
        waiting=Count("rejects", filter=Q(rejects__settled_at=None))
    )
    return dict(counted.values_list("pk", "waiting"))
