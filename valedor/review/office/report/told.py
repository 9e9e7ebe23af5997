"""The figures in words, the same on the page, on paper and in files."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.foundation.multilingual import MultilingualText
from valedor.procedures.vocabulary_tables import word
from valedor.review.office.models import Proceeding
from valedor.review.office.recommendations.models import Recommendation
from valedor.review.office.report.counting import OUTCOMES, Figures

Rows = list["Row"]


@dataclass(frozen=True)
class Row:
    """A figure: its key for programs, what it is called, and what it is."""

    key: str
    name: str
    value: str


@dataclass(frozen=True)
class Section:
    """Figures that belong together."""

    key: str
    title: str
    rows: Rows
    nothing: str = ""
    """What is said where there are none."""


def sections_of(figures: Figures) -> list[Section]:
    """Everything that the report counts, in the reader's language."""
    return [
        Section("files", pgettext("files of the office", "Files"), _files(figures)),
        Section("grounds", _("Why people came"), _grounds(figures)),
        Section("refusals", _("Not admitted, by ground"), _refusals(figures)),
        Section("subjects", _("By subject"), list(_subjects(figures)), _("No file was brought.")),
        Section("results", _("How files ended"), _results(figures)),
        Section("conclusions", _("Conclusions on points"), _outcomes(figures["conclusions"])),
        Section("days", _("How long opinions took"), list(_days(figures))),
        Section(
            "clocks",
            _("What stopped or extended a time limit"),
            [Row(key, word("events", key), str(n)) for key, n in figures["clocks"].items()],
            _("Nothing did."),
        ),
        Section("followed", _("Whether the company followed the opinions"), _followed(figures)),
        Section("carried_out", _("Whether it carried them out"), _carried_out(figures)),
        Section(
            "recommendations",
            _("General recommendations"),
            list(_recommendations(figures)),
            _("None was written."),
        ),
    ]


def _files(figures: Figures) -> Rows:
    names = {
        "brought": _("Brought to the office"),
        "admitted": pgettext("files of the office", "Admitted"),
        "not_admitted": pgettext("files of the office", "Not admitted"),
        "passed_on": _("Passed on to the company, which answers first"),
        "settled": _("Settled by agreement"),
        "withdrawn": pgettext("files of the office", "Withdrawn"),
        "opinions": _("Opinions given"),
        "open_at_the_end": _("Open at the end of the year"),
    }
    return [Row(key, name, str(figures["files"][key])) for key, name in names.items()]


def _grounds(figures: Figures) -> Rows:
    return [
        Row(key, str(Proceeding.Ground(key).label), str(number))
        for key, number in figures["grounds"].items()
    ]


def _refusals(figures: Figures) -> Rows:
    return [
        Row(key, str(Proceeding.Refusal(key).label), str(number))
        for key, number in figures["refusals"].items()
    ]


def _subjects(figures: Figures) -> Iterator[Row]:
    for one in figures["subjects"]:
        name = str(MultilingualText(one["name"])) or _("Without a subject")
        yield Row(one["key"] or "none", name, str(one["files"]))
    if figures["other_subjects"]:
        yield Row("other", _("Other subjects"), str(figures["other_subjects"]))


def _results(figures: Figures) -> Rows:
    results = figures["results"]
    return [
        Row("settled", _("Settled by agreement"), str(results["settled"])),
        Row("withdrawn", pgettext("files of the office", "Withdrawn"), str(results["withdrawn"])),
        *_outcomes(results),
    ]


def _outcomes(counted: dict[str, int]) -> Rows:
    return [Row(one.value, str(one.label), str(counted[one.value])) for one in OUTCOMES]


def _days(figures: Figures) -> Iterator[Row]:
    days = figures["days"]
    yield Row(
        "within_two_months",
        _("Within two months of the day on which the matter was brought"),
        _("%(number)s of %(all)s") % {"number": days["within_two_months"], "all": days["opinions"]},
    )
    if days["opinions"]:
        yield Row("median", _("Half of them took at most, in days"), str(days["median"]))
        yield Row("longest", _("The longest took, in days"), str(days["longest"]))


def _followed(figures: Figures) -> Rows:
    names = {
        "asked": _("Opinions that asked something of the company"),
        "followed": _("It followed"),
        "bound": _("Of these, opinions that bind it"),
        "not_followed": _("It did not follow"),
        "no_answer": _("No answer yet"),
    }
    return [Row(key, name, str(figures["followed"][key])) for key, name in names.items()]


def _carried_out(figures: Figures) -> Rows:
    names = {
        "done": _("Carried out, as the person confirmed"),
        "not_done": _("Not carried out"),
        "not_verified": _("Not verified yet"),
    }
    return [Row(key, name, str(figures["carried_out"][key])) for key, name in names.items()]


def _recommendations(figures: Figures) -> Iterator[Row]:
    for number, one in enumerate(figures["recommendations"], start=1):
        yield Row(str(number), one["title"], became_of(one["answer"], one["outcome"]))


def became_of(answer: str, outcome: str) -> str:
    """What came of a recommendation, in a few words."""
    if not answer and not outcome:
        return str(_("Waits for an answer"))
    said = str(Recommendation.Answer(answer).label) if answer else str(_("The company was silent"))
    return f"{said} · {Recommendation.Outcome(outcome).label}" if outcome else said
