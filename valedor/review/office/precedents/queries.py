"""Finding precedents, and files of the office, by what is said in them.

Row policies bind both tables that hold the words, and every query begins at the files that the
viewer may see (``access.files_visible_to``): whoever is recused from a file does not find it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from valedor.casefile.models import Case
from valedor.casefile.queues import Key, cursor_of, read_cursor
from valedor.casefile.search_terms import Sought, read_terms
from valedor.casefile.snippets import AskedTexts, Part, marked_texts
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import one_round_trip
from valedor.foundation.references import looks_like_reference, read_reference
from valedor.foundation.refusals import Refused
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.models import Category
from valedor.review.office.access import at_both_tables, files_visible_to
from valedor.review.office.models import Conclusion, Opinion, Proceeding, ProvenFact
from valedor.review.office.precedents.models import Precedent

PAGE = 20
LIKELY = 5
LONGEST = 300
EARLIEST_YEAR, LATEST_YEAR = 1990, 2200


@dataclass(frozen=True)
class Found:
    """A precedent that was found, with the piece of it that holds most of what was sought."""

    precedent: Precedent
    excerpt: list[Part]


@dataclass(frozen=True)
class FoundPage:
    """A page of them. ``trouble`` is a sentence about what was typed."""

    found: Sequence[Found] = ()
    next: str = ""
    trouble: str = ""


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What the list is narrowed to; empty for everything."""

    category: int | None = None
    outcome: str = ""
    year: int | None = None


# ------------------------------------------------------------------ precedents
def precedents(
    viewer: Viewer, typed: str, narrowing: Narrowing, *, cursor: str = "", size: int = PAGE
) -> FoundPage:
    """The opinions that the office has signed, the newest first."""
    typed, sought = plain(typed), None
    rows = _visible(viewer).filter(_condition(narrowing, viewer))
    if typed:
        sought = read_terms(typed)
        if not sought.query:
            return FoundPage(trouble=_nothing_said())
        rows = rows.filter(pk__in=_holding(sought))
    _backward, place, trouble = read_cursor(cursor)
    if place is not None and place.moment is not None:
        rows = rows.filter(
            Q(signed_at__lt=place.moment) | Q(signed_at=place.moment, pk__lt=place.id)
        )
    page = list(
        rows.select_related("case__entity", "category").order_by("-signed_at", "-pk")[: size + 1]
    )
    shown = page[:size]
    last = shown[-1] if len(page) > size else None
    return FoundPage(
        found=_with_excerpts(shown, sought),
        next=cursor_of(Key(last.signed_at, last.pk), backward=False) if last else "",
        trouble=trouble,
    )


def likely_for(viewer: Viewer, file: Case, *, size: int = LIKELY) -> list[Found]:
    """Precedents of the subject of a file, the newest first: shown while its opinion is drafted."""
    subject = subject_of(file)
    if subject is None:
        return []
    rows = _visible(viewer).filter(entity=file.entity_id, category=subject).exclude(case=file)
    page = rows.select_related("case__entity", "category").order_by("-signed_at", "-pk")[:size]
    return _with_excerpts(list(page), None)


def subject_of(file: Case) -> int | None:
    """The subject of the company's case that a file is about. The house's machinery reads it: it
    says nothing of what stands in that case.
    """
    with at_both_tables(file.entity_id):
        found = Proceeding.objects.filter(case=file, about__isnull=False)
        return found.values_list("about__category", flat=True).first()


@dataclass(frozen=True)
class Choices:
    """What the precedents of a viewer can be narrowed to."""

    categories: Sequence[Category]
    years: Sequence[int]


def choices_for(viewer: Viewer) -> Choices:
    """The subjects and the years of which there are any."""
    rows = _visible(viewer)
    subjects = Category.objects.filter(pk__in=rows.values("category")).order_by("key")
    signed = rows.values_list("signed_at", "entity__timezone")
    years = {at.astimezone(ZoneInfo(zone)).year for at, zone in signed}
    return Choices(list(subjects), sorted(years, reverse=True))


def _visible(viewer: Viewer) -> QuerySet[Precedent]:
    return Precedent.objects.filter(case__in=files_visible_to(viewer))


def _holding(sought: Sought) -> RawSQL:
    return RawSQL("SELECT id FROM review_precedent WHERE words @@ %s::tsquery", [sought.query])


def _condition(narrowing: Narrowing, viewer: Viewer) -> Q:
    condition = Q()
    if narrowing.category is not None:
        condition &= Q(category=narrowing.category)
    if narrowing.outcome:
        condition &= Q(outcome=narrowing.outcome)
    if narrowing.year is not None:
        condition &= _in_year(narrowing.year, viewer)
    return condition


def _in_year(year: int, viewer: Viewer) -> Q:
    """Signed in a year by the clocks of each entity."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return Q(pk=None)
    condition = Q(pk=None)
    theirs = viewer.entities_where(Permission.WORK_IN_OFFICE)
    for entity in Entity.objects.filter(pk__in=theirs):
        begins, ends = year_of(year, entity.timezone)
        condition |= Q(entity=entity, signed_at__gte=begins, signed_at__lt=ends)
    return condition


def year_of(year: int, zone: str) -> tuple[datetime, datetime]:
    """The first moment of a year in a place, and the first one after it."""
    place = ZoneInfo(zone)
    begins, ends = (datetime(one, 1, 1, tzinfo=place) for one in (year, year + 1))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _with_excerpts(rows: Sequence[Precedent], sought: Sought | None) -> list[Found]:
    texts = _texts_of([one.opinion_id for one in rows])
    named = {one.pk: (one.case.language, one.case.subject) for one in rows}
    told = {one.pk: texts.get(one.opinion_id, []) for one in rows}
    marked = marked_texts(named, told, sought)
    return [Found(one, marked[one.pk][1]) for one in rows]


def _texts_of(opinions: Sequence[int]) -> Mapping[int, list[str]]:
    """What stands in opinions, principles first. Row policies let through what the viewer sees."""
    found: dict[int, list[str]] = defaultdict(list)
    for opinion in Opinion.objects.filter(pk__in=opinions):
        found[opinion.pk].append(opinion.principles)
    for fact in ProvenFact.objects.filter(opinion__in=opinions).order_by("ordinal"):
        found[fact.opinion_id] += [fact.text, fact.shown_by]
    conclusions = Conclusion.objects.filter(opinion__in=opinions).select_related("grievance")
    for one in conclusions.order_by("pk"):
        found[one.opinion_id] += [one.reasons, one.to_do, one.grievance.text]
    return found


# ------------------------------------------------------------------ files of the office
@dataclass(frozen=True)
class FileFound:
    """A file that was found."""

    proceeding: Proceeding
    excerpt: list[Part]


@dataclass(frozen=True)
class FilesPage:
    """A page of them. ``straight`` is the reference of the one file that was named."""

    found: Sequence[FileFound] = ()
    straight: str = ""
    next: str = ""
    trouble: str = ""


def find_files(viewer: Viewer, typed: str, *, cursor: str = "", size: int = PAGE) -> FilesPage:
    """Search the files of the office: a reference goes straight to its file; a name, a title and
    words of what was said behind the wall find files, the newest first.
    """
    typed = plain(typed)
    if not typed:
        return FilesPage()
    files = files_visible_to(viewer)
    if looks_like_reference(typed):
        return _named(files, typed)
    sought = read_terms(typed)
    if not sought.query:
        return FilesPage(trouble=_nothing_said())
    rows = Proceeding.objects.filter(case__in=files).filter(
        Q(case__in=_said(sought)) | Q(case__in=_called(typed))
    )
    _backward, place, trouble = read_cursor(cursor)
    if place is not None and place.moment is not None:
        rows = rows.filter(
            Q(brought_at__lt=place.moment) | Q(brought_at=place.moment, pk__lt=place.id)
        )
    page = list(
        rows.select_related("case__entity", "case__complainant", "case__holder").order_by(
            "-brought_at", "-pk"
        )[: size + 1]
    )
    shown = page[:size]
    last = shown[-1] if len(page) > size else None
    return FilesPage(
        found=_with_pieces(shown, sought),
        next=cursor_of(Key(last.brought_at, last.pk), backward=False) if last else "",
        trouble=trouble,
    )


def _named(files: QuerySet[Case], typed: str) -> FilesPage:
    try:
        reference = read_reference(typed)
    except Refused as refused:
        return FilesPage(trouble=str(refused.refusal))
    if files.filter(reference=reference).exists():
        return FilesPage(straight=reference)
    return FilesPage(trouble=_("No file of the office with the reference %s.") % reference)


_SAID = "SELECT case_id FROM casefile_walledsearchtext WHERE words @@ %s::tsquery"
_CALLED = """
    SELECT file.id FROM casefile_case AS file
    LEFT JOIN people_person AS person ON person.id = file.complainant_id
    WHERE file.id < 0 AND
"""
_HOLDS = "position(valedor_fold(%s) IN valedor_fold(file.subject || ' ' || coalesce(name, ''))) > 0"


def _said(sought: Sought) -> RawSQL:
    """The files in which it was said."""
    return RawSQL(_SAID, [sought.query])  # noqa: S611 -- our own text, and a parameter


def _called(typed: str) -> RawSQL:
    """The files whose title and whose person's name hold every word, accents ignored."""
    words = typed.split()[:12]
    statement = _CALLED + " AND ".join([_HOLDS] * len(words))
    return RawSQL(statement, words)  # noqa: S611 -- our own text; the words are parameters


def _with_pieces(rows: Sequence[Proceeding], sought: Sought) -> list[FileFound]:
    with one_round_trip() as ask:
        told = AskedTexts(ask, [one.case_id for one in rows])
    named = {one.case_id: (one.case.language, one.case.subject) for one in rows}
    marked = marked_texts(named, told.texts(), sought)
    return [FileFound(one, marked[one.case_id][1]) for one in rows]


# ------------------------------------------------------------------ what was typed
def plain(typed: str) -> str:
    """What somebody typed, without what no text holds, and not longer than anybody types."""
    return typed.replace("\0", "").strip()[:LONGEST]


def _nothing_said() -> str:
    return _("Type a word that says more: these are in every text.")


def opinions_of(viewer: Viewer, numbers: Iterable[int]) -> list[Precedent]:
    """The precedents of these opinions that somebody may see."""
    rows = _visible(viewer).filter(opinion__in=list(numbers))
    return list(rows.select_related("case__entity", "category").order_by("-signed_at", "-pk"))
