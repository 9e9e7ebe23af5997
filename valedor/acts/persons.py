"""Who turns to the organisation, as far as a viewer sees a case of theirs; and who may be one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.http import Http404

from valedor.casefile.access import case_for, cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import ContactPoint, Entity, Person, PersonMerge

SHOWN = 20
_RECENT = 3000
_DOUBLES = """
    WITH recent AS (
        SELECT kind, normalised, max(id) AS latest FROM (
            SELECT id, kind, normalised FROM people_contactpoint
            WHERE ended_at IS NULL AND kind IN ('email', 'telephone') AND normalised <> ''
            ORDER BY id DESC LIMIT %(recent)s
        ) AS points GROUP BY kind, normalised
    )
    SELECT array_agg(DISTINCT point.person_id), recent.latest FROM recent
    JOIN people_contactpoint AS point
        ON point.normalised = recent.normalised AND point.kind = recent.kind
    WHERE point.ended_at IS NULL
    GROUP BY recent.kind, recent.normalised, recent.latest
    HAVING count(DISTINCT point.person_id) BETWEEN 2 AND 50
    ORDER BY recent.latest DESC LIMIT %(shown)s
"""


@dataclass
class Known:
    """One record of a person, with what tells people apart."""

    person: Person
    points: list[ContactPoint] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    counts_as: PersonMerge | None = None
    absorbs: list[PersonMerge] = field(default_factory=list)


def known_as(viewer: Viewer, typed: str) -> list[Known]:
    """The records that have an address, a number or an identity number, or a case of this
    reference; with those merged into them. Only such of whom the viewer sees a case.
    """
    typed = typed.strip()
    if not typed:
        return []
    countries = tuple(
        Entity.objects.filter(pk__in=viewer.entities).values_list("country", flat=True).distinct()
    )
    found = persons_reached_at(typed, countries or ("ES",))
    found |= _with_identity_number(typed)
    found |= _of_case(viewer, typed)
    return _described(viewer, found)


def person_known(viewer: Viewer, person_id: int) -> Known | None:
    """One record, where the viewer sees a case of theirs."""
    found = _described(viewer, {person_id})
    return next((one for one in found if one.person.pk == person_id), None)


def probable_doubles(viewer: Viewer) -> list[list[Known]]:
    """Records that came in lately and share an address or a number with another one."""
    with connection.cursor() as cursor:
        cursor.execute(_DOUBLES, {"recent": _RECENT, "shown": SHOWN})
        groups = [frozenset(persons) for persons, _latest in cursor.fetchall()]
    shown = {one.person.pk: one for one in _described(viewer, frozenset().union(*groups))}
    told, seen = [], set[frozenset[int]]()
    for group in groups:
        apart = frozenset(pk for pk in group if pk in shown and shown[pk].counts_as is None)
        if len(apart) > 1 and apart not in seen:
            seen.add(apart)
            told.append([shown[pk] for pk in sorted(apart)])
    return told


def merge_with(merge_id: int) -> PersonMerge | None:
    """One merge, taken back or not."""
    return PersonMerge.objects.filter(pk=merge_id).first()


def _with_identity_number(typed: str) -> set[int]:
    plain = "".join(sign for sign in typed if sign.isalnum()).upper()
    if len(plain) < 6 or not any(sign.isdigit() for sign in plain):
        return set()
    found = Person.objects.filter(identity_number__in={typed, plain, typed.upper()})
    return set(found.values_list("pk", flat=True)[:SHOWN])


def _of_case(viewer: Viewer, typed: str) -> set[int]:
    try:
        case = case_for(viewer, typed)
    except Http404:
        return set()
    if case.complainant_id is None:
        return set()
    return {case.complainant_id} | _sharing_with(case.complainant_id)


def _sharing_with(person_id: int) -> set[int]:
    """Whoever has an address or number of somebody."""
    theirs = ContactPoint.objects.filter(person=person_id, ended_at=None).exclude(normalised="")
    found: set[int] = set()
    for point in theirs.exclude(kind=ContactPoint.Kind.POST):
        same = ContactPoint.objects.filter(
            normalised=point.normalised, kind=point.kind, ended_at=None
        )
        found |= set(same.values_list("person_id", flat=True)[:SHOWN])
    return found


def _described(viewer: Viewer, persons: Collection[int]) -> list[Known]:
    wanted = set(persons) | _merged_with(persons)
    cases = (
        cases_visible_to(viewer)
        .filter(complainant__in=wanted)
        .select_related("entity")
        .order_by("-received_at", "-pk")[: SHOWN * 5]
    )
    of_person: dict[int, list[Case]] = {}
    for case in cases:
        of_person.setdefault(case.complainant_id or 0, []).append(case)
    rows = Person.objects.filter(pk__in=of_person, erased_at=None).order_by("pk")
    known = {row.pk: Known(row, cases=of_person[row.pk][:5]) for row in rows}
    for point in ContactPoint.objects.filter(person__in=known, ended_at=None).order_by("pk"):
        known[point.person_id].points.append(point)
    _tell_merges(known)
    return list(known.values())


def _tell_merges(known: dict[int, Known]) -> None:
    merges = PersonMerge.objects.filter(undone_at=None)
    for merge in merges.filter(absorbed__in=known).select_related("by"):
        known[merge.absorbed_id].counts_as = merge
    for merge in merges.filter(kept__in=known).select_related("by"):
        known[merge.kept_id].absorbs.append(merge)


def _merged_with(persons: Collection[int]) -> set[int]:
    pairs: Sequence[tuple[int, int]] = [
        *PersonMerge.objects.filter(undone_at=None, kept__in=persons).values_list(
            "kept_id", "absorbed_id"
        ),
        *PersonMerge.objects.filter(undone_at=None, absorbed__in=persons).values_list(
            "kept_id", "absorbed_id"
        ),
    ]
    return {person for pair in pairs for person in pair}
