"""The report on paper and as data: PDF, CSV and JSON of the same figures."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile.paper.typeset import typeset
from valedor.foundation.moments import local_day
from valedor.foundation.multilingual import LANGUAGES, MultilingualText
from valedor.foundation.spoken_dates import day_in_words
from valedor.foundation.spreadsheets import safe
from valedor.people.models import Entity
from valedor.review.office.report.counting import Figures
from valedor.review.office.report.told import sections_of


def pdf_of(
    entity: Entity,
    figures: Figures,
    *,
    office: MultilingualText,
    opening: Mapping[str, str],
    closing: Mapping[str, str],
    language: str,
    at: datetime,
    is_draft: bool,
) -> bytes:
    """The report as a PDF/A-2a in one language. The same arguments give the same bytes."""
    with override(language):
        values: dict[str, Any] = {
            "entity": entity.name,
            "office": office.in_language(language),
            "title": title_of(figures),
            "about": _about(figures, language, at=at, zone=entity.timezone, is_draft=is_draft),
            "opening": MultilingualText(opening).in_language(language),
            "closing": MultilingualText(closing).in_language(language),
            "words": {
                "opening": _("Introduction"),
                "closing": _("In closing"),
                "what": _("What was counted"),
                "number": _("Number"),
                "recommendation": _("Recommendation"),
                "became": _("What came of it"),
            },
            "sections": [
                {
                    "key": section.key,
                    "title": section.title,
                    "nothing": section.nothing,
                    "rows": [[row.name, row.value] for row in section.rows],
                }
                for section in sections_of(figures)
            ],
        }
    return typeset("report", values, language, at=at, folder="valedor.review.office.report")


def title_of(figures: Figures) -> str:
    """What the report is called."""
    return _("Report of the year %(year)s") % {"year": figures["year"]}


def _about(figures: Figures, language: str, *, at: datetime, zone: str, is_draft: bool) -> str:
    day = day_in_words(local_day(at, zone), language)
    if is_draft:
        return _("Draft of %(day)s: not published.") % {"day": day}
    return _("Published on %(day)s.") % {"day": day}


def csv_of(figures: Figures, language: str) -> str:
    """A line for each figure, with keys that stay the same in every language."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["year", "section", "key", "name", "value"])
    with override(language):
        for section in sections_of(figures):
            for row in section.rows:
                cells = (section.key, row.key, row.name, row.value)
                writer.writerow([figures["year"], *(safe(cell) for cell in cells)])
    return written.getvalue()


def json_of(figures: Figures) -> str:
    """The figures as they were counted."""
    return json.dumps(figures, ensure_ascii=False, indent=2)


def common_name() -> dict[str, str]:
    """What an office is called that has no name of its own, in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _("Ombudsman")
    return found
