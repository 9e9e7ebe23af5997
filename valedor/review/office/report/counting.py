"""The figures of a year, counted from the register of the office: what happened in that year.

A file that was brought in November and decided in February counts as brought in the first year and
as decided in the second. Nothing here names anybody; ``public`` merges what is too small besides.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from statistics import median_low
from typing import Any

from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import DeadlineEvent, Entry
from valedor.clocks.limits import add_months
from valedor.foundation.moments import local_day
from valedor.handling.models import Decision
from valedor.people.models import Entity
from valedor.procedures.house_rules import house_rules
from valedor.review.office.access import at_both_tables
from valedor.review.office.models import Conclusion, Opinion, Proceeding
from valedor.review.office.precedents.keeping import outcome_of
from valedor.review.office.precedents.queries import year_of
from valedor.review.office.recommendations.models import Recommendation

Figures = dict[str, Any]
Outcome = Decision.Outcome
MONTHS_FOR_AN_OPINION = 2
OUTCOMES = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)
FEWEST = 3
"""Of a subject with fewer files somebody could be known again: it is one of the others."""


def figures_of(entity: Entity, year: int, *, at: datetime) -> Figures:
    """Every figure of a year as it stands at a moment, small ones too: for the office alone."""
    begins, ends = year_of(year, entity.timezone)
    with at_both_tables(entity.pk):
        return _Year(entity, begins, ends, at).figures() | {"year": year}


def public(figures: Figures) -> Figures:
    """The same as anybody may read it: subjects with few files are counted together."""
    shown = [one for one in figures["subjects"] if one["files"] >= FEWEST]
    few = sum(one["files"] for one in figures["subjects"] if one["files"] < FEWEST)
    return figures | {"subjects": shown, "other_subjects": few}


class _Year:
    """One year at one entity. As the house: the figures tell of both sides of the wall."""

    def __init__(self, entity: Entity, begins: datetime, ends: datetime, at: datetime) -> None:
        self.entity, self.begins, self.ends, self.at = entity, begins, ends, at
        self.span = (begins, ends)
        files = Proceeding.objects.filter(entity=entity, brought_at__lt=ends)
        self.files = list(files.select_related("about__category"))
        self.brought = [one for one in self.files if one.brought_at >= begins]
        self.opinions = list(
            Opinion.objects.filter(entity=entity, signed_at__gte=begins, signed_at__lt=ends)
        )

    def figures(self) -> Figures:
        settled, withdrawn = self._told("office.settled"), self._told("office.withdrawn")
        by_file, by_point = self._outcomes()
        return {
            "entity": self.entity.key,
            "counted_on": local_day(self.at, self.entity.timezone).isoformat(),
            "files": {
                "brought": len(self.brought),
                "admitted": len(self._told("office.admitted")),
                "not_admitted": len(self._told("office.not_admitted")),
                "passed_on": len(self._told("office.passed_on")),
                "settled": len(settled),
                "withdrawn": len(withdrawn),
                "opinions": len(self.opinions),
                "open_at_the_end": self._open_at_the_end(),
            },
            "grounds": _counted(Proceeding.Ground.values, (one.ground for one in self.brought)),
            "refusals": _counted(Proceeding.Refusal.values, self._refused_on()),
            "subjects": self._subjects(),
            "other_subjects": 0,
            "results": {
                "settled": len(settled),
                "withdrawn": len(withdrawn),
                **_counted(OUTCOMES, by_file),
            },
            "conclusions": _counted(OUTCOMES, by_point),
            "days": self._days(),
            "clocks": self._clocks(),
            "followed": self._followed(),
            "carried_out": self._carried_out(),
            "recommendations": self._recommendations(),
        }

    # -------------------------------------------------------------- what happened
    def _told(self, kind: str) -> set[int]:
        """The files of which the register tells it in this year."""
        found = Entry.objects.filter(
            case__in=[one.case_id for one in self.files], kind=kind, at__range=self.span
        )
        return set(found.exclude(at=self.ends).values_list("case_id", flat=True))

    def _refused_on(self) -> list[str]:
        refused = self._told("office.not_admitted")
        return [one.refusal for one in self.files if one.case_id in refused and one.refusal]

    def _open_at_the_end(self) -> int:
        ended = Entry.objects.filter(
            case__in=[one.case_id for one in self.files],
            kind__in=["office.closed", "office.not_admitted"],
            at__lt=self.ends,
        )
        over = set(ended.values_list("case_id", flat=True))
        return sum(one.case_id not in over for one in self.files)

    def _subjects(self) -> list[dict[str, Any]]:
        """By the subject that the company's case has; what has none is a subject of its own."""
        subjects = [one.about.category if one.about else None for one in self.brought]
        names = {one.pk: one for one in subjects if one is not None}
        counted = Counter(one.pk if one else None for one in subjects)
        rows = [
            {
                "key": names[key].key if key else "",
                "name": dict(names[key].name) if key else {},
                "files": number,
            }
            for key, number in counted.items()
        ]
        return sorted(rows, key=lambda row: (-int(row["files"]), str(row["key"])))

    # -------------------------------------------------------------- opinions
    def _outcomes(self) -> tuple[list[str], list[str]]:
        """Of each opinion, and of each point in one."""
        points: dict[int, list[str]] = {one.pk: [] for one in self.opinions}
        found = Conclusion.objects.filter(opinion__in=self.opinions)
        for opinion, outcome in found.values_list("opinion_id", "outcome"):
            points[opinion].append(outcome)
        whole = [str(outcome_of(given)) for given in points.values()]
        return whole, [one for given in points.values() for one in given]

    def _days(self) -> dict[str, Any]:
        """How long opinions took, from the day on which the matter was brought."""
        zone = self.entity.timezone
        brought = {one.case_id: local_day(one.brought_at, zone) for one in self.files}
        taken, in_time = [], 0
        for one in self.opinions:
            assert one.signed_at is not None  # noqa: S101 -- it was signed in this year
            begun, signed = brought[one.case_id], local_day(one.signed_at, zone)
            taken.append((signed - begun).days)
            in_time += signed <= add_months(begun, MONTHS_FOR_AN_OPINION, "last_day")
        return {
            "opinions": len(taken),
            "median": median_low(taken) if taken else None,
            "longest": max(taken, default=None),
            "within_two_months": in_time,
        }

    def _clocks(self) -> dict[str, int]:
        """In how many files what stopped or extended a limit happened; not what let it go on."""
        house = house_rules(self.entity.pk)
        events = DeadlineEvent.objects.filter(
            case__in=[one.case_id for one in self.files], withdrawn_at=None, at__range=self.span
        ).exclude(at=self.ends)
        found = {
            (one.event, one.case_id)
            for one in events.select_related("deadline")
            if one.event not in rule_of(one.deadline, house).resumes_on
        }
        return dict(sorted(Counter(event for event, _file in found).items()))

    def _followed(self) -> dict[str, int]:
        """What the company said to the opinions of the year. One that upholds nothing asks for
        nothing.
        """
        upholding = set(
            Conclusion.objects.filter(opinion__in=self.opinions)
            .exclude(outcome=Outcome.NOT_UPHELD)
            .values_list("opinion_id", flat=True)
        )
        asking = [one for one in self.opinions if one.pk in upholding]
        self._accepted = [one for one in asking if one.answer == Opinion.Answer.ACCEPTED]
        return {
            "asked": len(asking),
            "bound": sum(one.binds for one in asking),
            "followed": len(self._accepted),
            "not_followed": sum(one.answer == Opinion.Answer.REFUSED for one in asking),
            "no_answer": sum(not one.answer for one in asking),
        }

    def _carried_out(self) -> dict[str, int]:
        """Whether what was followed was done, as far as the office verified it."""
        return {
            "done": sum(one.verified == Opinion.Verified.DONE for one in self._accepted),
            "not_done": sum(one.verified == Opinion.Verified.NOT_DONE for one in self._accepted),
            "not_verified": sum(not one.verified for one in self._accepted),
        }

    def _recommendations(self) -> list[dict[str, str]]:
        found = Recommendation.objects.filter(
            entity=self.entity, written_at__gte=self.begins, written_at__lt=self.ends
        )
        return [
            {"title": one.title, "answer": one.answer, "outcome": one.outcome}
            for one in found.order_by("written_at", "pk")
        ]


def _counted(words: Collection[str], found: Iterable[str]) -> dict[str, int]:
    """How often each of the words was found; those that were not, too."""
    counted = Counter(map(str, found))
    return {str(word): counted[str(word)] for word in words}
