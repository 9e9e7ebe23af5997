"""Which cases are likely an incident's: for whoever gathers, and proposed as they come in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, Entry
from valedor.casefile.models.case import CaseQuerySet
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.foundation import rows
from valedor.incidents.collective import likeness
from valedor.incidents.collective.models import Incident, Membership
from valedor.people.models import ContactPoint

MOST = 500
"""How many cases of the time are compared at once, the newest first."""


@dataclass(frozen=True)
class Likely:
    """A case with what it has in common with an incident."""

    case: Case
    signs: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether enough agrees to propose it."""
        return likeness.is_likely(self.signs)


def likely_cases(viewer: Viewer, incident: Incident) -> list[Likely]:
    """Open cases that somebody may see and that nobody has decided about, the likeliest first."""
    found = _compared(incident, _of_its_time(incident, cases_visible_to(viewer)))
    return sorted(found, key=lambda one: (-len(one.signs), one.case.received_at, one.case.pk))


def propose_new(at: datetime) -> int:
    """Compare cases registered since the last look with the incidents that last; how many were
    proposed. Runs twice without harm.
    """
    proposed = 0
    with viewing(the_house()):
        lasting = list(
            Incident.objects.filter(closed_at=None)
            .filter(Q(ended_at=None) | Q(ended_at__gt=at - likeness.AFTER))
            .select_related("entity")
        )
    for incident in lasting:
        with viewing(the_house(incident.entity_id)):
            since = incident.looked_at - timedelta(minutes=5)  # Some commit later than they say.
            fresh = _of_its_time(incident, Case.objects.filter(registered_at__gt=since))
            for one in _compared(incident, fresh):
                if one.is_likely:
                    proposed += _propose(incident, one, at)
            Incident.objects.filter(pk=incident.pk).update(looked_at=at)
    return proposed


def _propose(incident: Incident, one: Likely, at: datetime) -> int:
    row = rows.fresh(
        Membership,
        incident=incident,
        case=one.case,
        entity_id=one.case.entity_id,
        state=Membership.State.PROPOSED,
        signs=list(one.signs),
        at=at,
    )
    rows.write([row])
    return 1


def _of_its_time(incident: Incident, cases: CaseQuerySet) -> QuerySet[Case]:
    decided = Membership.objects.filter(incident=incident).values("case")
    elsewhere = Membership.objects.filter(state=Membership.State.JOINED).values("case")
    found = cases.filter(
        entity=incident.entity_id,
        closed_at=None,
        received_at__gte=incident.began_at - likeness.BEFORE,
    )
    if incident.ended_at is not None:
        found = found.filter(received_at__lte=incident.ended_at + likeness.AFTER)
    unsettled = found.exclude(pk__in=decided).exclude(pk__in=elsewhere)
    related = unsettled.select_related("entity", "complainant", "category")
    return related.order_by("-received_at", "-pk")


def _compared(incident: Incident, cases: QuerySet[Case]) -> list[Likely]:
    candidates = list(cases[:MOST])
    it = likeness.sought(
        began_at=incident.began_at,
        ended_at=incident.ended_at,
        categories=_with_those_below(incident),
        places=incident.places,
        titles=incident.title.values(),
    )
    said, where = _said_in(candidates), _addresses_of(candidates)
    found = []
    for case in candidates:
        person = case.complainant
        places = [person.place] if person and person.place else []
        compared = likeness.Compared(
            case.received_at,
            case.category_id,
            f"{case.subject}\n{said.get(case.pk, '')}",
            [*places, *where.get(person.pk if person else 0, ())],
        )
        if signs := likeness.signs(it, compared):
            found.append(Likely(case, signs))
    return found


def _with_those_below(incident: Incident) -> set[int]:
    """The subjects of an incident, and those under them in the tree."""
    found = set(incident.categories.values_list("pk", flat=True))
    below = found
    while below:
        children = incident.entity.categories.filter(parent__in=below)
        below = set(children.values_list("pk", flat=True)) - found
        found |= below
    return found


def _said_in(cases: Sequence[Case]) -> dict[int, str]:
    entries = Entry.objects.filter(case__in=cases, kind="case.received")
    return dict(entries.values_list("case", "content__body"))


def _addresses_of(cases: Iterable[Case]) -> dict[int, list[str]]:
    people = {case.complainant_id for case in cases if case.complainant_id}
    points = ContactPoint.objects.filter(
        person__in=people, kind=ContactPoint.Kind.POST, ended_at=None
    )
    found: dict[int, list[str]] = {}
    for person, value in points.values_list("person", "value"):
        found.setdefault(person, []).append(value)
    return found
