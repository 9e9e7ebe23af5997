"""The report as a file to save: the published one for anybody, a draft for the office."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from valedor.foundation.multilingual import MultilingualText
from valedor.people.models import Entity
from valedor.procedures.house_rules import house_rules
from valedor.review.office.queries import appointments_of, name_of_office
from valedor.review.office.report import paper
from valedor.review.office.report.counting import Figures, figures_of, public
from valedor.review.office.report.models import YearReport
from valedor.review.office.report.queries import paper_of


class Kind(models.TextChoices):
    """As what it is saved."""

    PDF = "pdf", _("On paper (PDF)")
    CSV = "csv", _("As a file (CSV)")
    JSON = "json", _("As data (JSON)")


_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.JSON: "application/json",
}


@dataclass(frozen=True)
class File:
    """A file and what it is called."""

    name: str
    kind: Kind
    content: bytes

    def as_response(self) -> HttpResponse:
        """To be saved by whoever asked."""
        response = HttpResponse(self.content, content_type=_MEDIA_TYPES[self.kind])
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{self.kind}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


def kind_of(word: str) -> Kind:
    """A kind by the word of an address. Raises ``Http404``."""
    if word not in Kind.values:
        raise Http404
    return Kind(word)


def published_file(report: YearReport, kind: Kind, *, language: str) -> File:
    """What was published: the same for everybody, whenever they ask."""
    name = f"{report.entity.key}-{report.year}"
    if kind == Kind.PDF:
        found = paper_of(report, language)
        return File(f"{name}-{found.language}", kind, bytes(found.pdf))
    return File(name, kind, _data(dict(report.figures or {}), kind, language))


def draft_file(
    entity: Entity, year: int, report: YearReport | None, kind: Kind, *, language: str, at: datetime
) -> File:
    """What would be published if it were published now."""
    figures, name = public(figures_of(entity, year, at=at)), f"{entity.key}-{year}"
    if kind != Kind.PDF:
        return File(name, kind, _data(figures, kind, language))
    pdf = paper.pdf_of(
        entity,
        figures,
        office=office_in_words(entity, at=at),
        opening=report.opening if report else {},
        closing=report.closing if report else {},
        language=language,
        at=at,
        is_draft=True,
    )
    return File(f"{name}-{language}", kind, pdf)


def office_in_words(entity: Entity, *, at: datetime) -> MultilingualText:
    """What the office is called, or was last; by its common name where nobody ever held it."""
    if not appointments_of(entity):
        return MultilingualText(paper.common_name())
    return name_of_office(house_rules(entity.pk), at=at)


def _data(figures: Figures, kind: Kind, language: str) -> bytes:
    text = paper.csv_of(figures, language) if kind == Kind.CSV else paper.json_of(figures)
    return text.encode()
