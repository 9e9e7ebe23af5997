"""The log of reads as an auditor pages through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import ReadEntry, ReadLink
from valedor.casefile.verification import verify_reads
from valedor.casefile.viewing import Viewer

PAGE = 50


@dataclass(frozen=True)
class ReadRow:
    """Somebody looked at something."""

    who: str
    what: str
    reference: str
    at: datetime
    zone: str


class ReadsPage(NamedTuple):
    """A page of the log; ``before`` leads to the next one."""

    rows: Sequence[ReadRow]
    before: int | None


class ChainState(NamedTuple):
    """How far the chain of reads reaches, and whether its last stretch is whole."""

    links: int
    waiting: int
    broken: Sequence[str]


def reads_page(viewer: Viewer, *, before: int | None) -> ReadsPage:
    """Reads of the viewer's entities, the latest first. Two queries."""
    found = ReadEntry.objects.filter(entity__in=viewer.entities).select_related("account", "entity")
    found = found.exclude(case_id__lt=0)  # What the ombudsman looks at is behind the wall.
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    references = dict(
        cases_visible_to(viewer)
        .filter(pk__in=[one.case_id for one in shown if one.case_id])
        .values_list("pk", "reference")
    )
    return ReadsPage(
        [
            ReadRow(
                who=one.account.name if one.account else "",
                what=one.what,
                reference=references.get(one.case_id or 0, ""),
                at=one.at,
                zone=one.entity.timezone,
            )
            for one in shown
        ],
        shown[-1].pk if len(rows) > PAGE else None,
    )


def chain_state() -> ChainState:
    """The chain of reads as a whole; one too long for a page is left to ``valedor verify``."""
    last = ReadLink.objects.order_by("-sequence").first()
    links = last.sequence if last else 0
    broken = [one.what for one in verify_reads()] if links <= MOST_CHECKED else []
    return ChainState(links, ReadEntry.objects.filter(link=None).count(), broken)


MOST_CHECKED = 20_000
