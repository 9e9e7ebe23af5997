"""What the pages of the office show, and what the company sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, Document, Entry, Letter
from valedor.casefile.viewing import Viewer
from valedor.disputes.models import Referral
from valedor.foundation.moments import local_day
from valedor.people.models import Account
from valedor.people.permissions import Permission
from valedor.review.office.access import at_both_tables, files_visible_to
from valedor.review.office.models import Appointment, Hearing, Proceeding
from valedor.review.office.queries import appointments_at, documents_of, entries_of, letters_of

MOST = 200
State = Proceeding.State
STANDING: dict[str, tuple[State, ...]] = {
    "to_see_to": (State.RECEIVED, State.INCOMPLETE),
    "heard": (State.ADMITTED,),
    "answered": (State.DECIDED, State.SETTLED),
    "with_company": (State.PASSED_ON,),
    "over": (State.CARRIED_OUT, State.REFUSED, State.WITHDRAWN),
}
"""How files stand, as their lists part them."""


@dataclass(frozen=True)
class FileLine:
    """A file in a list."""

    proceeding: Proceeding
    file: Case


def files_in(viewer: Viewer, states: Sequence[str]) -> list[FileLine]:
    """The files that stand at one of these, what is due first before the rest."""
    found = (
        Proceeding.objects.filter(case__in=files_visible_to(viewer), state__in=states)
        .select_related("case__entity", "case__complainant", "case__holder")
        .order_by("case__next_due_at", "brought_at")
    )
    return [FileLine(one, one.case) for one in found[:MOST]]


def reference_of_the_company(proceeding: Proceeding) -> str | None:
    """The reference of the company's case that a file is about, which the office does not see
    itself; none for what was brought first-hand.
    """
    if proceeding.about_id is None:
        return None
    with at_both_tables(proceeding.entity_id):
        return Case.objects.values_list("reference", flat=True).get(pk=proceeding.about_id)


def bodies_at_work(proceeding: Proceeding) -> list[str]:
    """What other bodies the company's case is before now, by name: two never decide the same."""
    if proceeding.about_id is None:
        return []
    with at_both_tables(proceeding.entity_id):
        found = Referral.objects.filter(case=proceeding.about_id, over_at=None)
        return list(found.order_by("opened_at", "pk").values_list("name", flat=True))


@dataclass(frozen=True)
class WholeFile:
    """A file with its lines, documents and letters."""

    entries: list[Entry]
    documents: dict[int, Document]
    letters: list[Letter]
    names: dict[int, str]


def whole_file(file: Case) -> WholeFile:
    """Everything of a file that its viewer may see."""
    entries = entries_of(file)
    return WholeFile(
        entries=entries,
        documents={one.entry_id: one for one in documents_of(file) if one.entry_id},
        letters=letters_of(file),
        names={one.by_id: one.by.name for one in entries if one.by_id and one.by},
    )


def own_appointments(account: Account, *, at: datetime) -> list[Appointment]:
    """By what somebody holds the office now."""
    asked = Appointment.objects.filter(account=account).values_list("entity", "entity__timezone")
    return [
        one
        for entity, zone in set(asked)
        for one in appointments_at(entity, on=local_day(at, zone))
        if one.account_id == account.pk
    ]


# ------------------------------------------------------------------ the company's side
def hearings_for(viewer: Viewer, *, waiting: bool) -> list[Hearing]:
    """What the office addressed to the company in cases that the viewer may see."""
    found = Hearing.objects.filter(
        case__in=cases_visible_to(viewer),
        entity__in=viewer.entities_where(Permission.HANDLE, Permission.AUDIT),
    ).select_related("case__entity", "case__complainant", "case__holder")
    if waiting:
        open_ones = found.filter(answered_at=None, ended_at=None)
        told = [Hearing.What.SHOWN, Hearing.What.NOTICE]
        return list(open_ones.exclude(what__in=told).order_by("answer_by", "pk")[:MOST])
    return list(found.order_by("-asked_at", "-pk")[:MOST])


def hearing_for(viewer: Viewer, number: int) -> Hearing:
    """One of them. Raises ``Http404``."""
    found = Hearing.objects.filter(
        pk=number,
        case__in=cases_visible_to(viewer),
        entity__in=viewer.entities_where(Permission.HANDLE, Permission.AUDIT),
    )
    one = found.select_related("case__entity", "case__complainant").first()
    if one is None:
        raise Http404
    return one


def later_of(hearing: Hearing) -> list[Hearing]:
    """Everything that the same file addressed to the company, in order."""
    same = Hearing.objects.filter(case=hearing.case, file_reference=hearing.file_reference)
    return list(same.order_by("asked_at", "pk"))
