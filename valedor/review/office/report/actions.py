"""Draft the report of a year, and publish it: from then on it stays as it is."""

from collections.abc import Mapping
from datetime import datetime

from valedor.casefile.paper.seals import with_seal
from valedor.casefile.viewing import viewer_of
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account, Entity
from valedor.review.office.access import at_both_tables
from valedor.review.office.queries import appointments_at
from valedor.review.office.report import rules
from valedor.review.office.report.counting import figures_of, public
from valedor.review.office.report.files import office_in_words
from valedor.review.office.report.models import YearReport, YearReportPaper
from valedor.review.office.report.paper import pdf_of


def draft(
    entity: Entity,
    year: int,
    *,
    opening: Mapping[str, str],
    closing: Mapping[str, str],
    by: Account,
    at: datetime,
    seen: str | None = None,
) -> YearReport:
    """Keep what introduces and closes the report. Raises ``Refused`` once it is published, and
    where others were saved since whoever writes saw the words (``seen``).
    """
    viewer = viewer_of(by)
    with at_both_tables(entity.pk):
        report, words = _locked(entity, year), (_written(opening), _written(closing))
        if report is not None and (report.opening, report.closing) == words:
            seen = report.mark  # Sent twice: it says nothing else.
        refuse_if(rules.why_not_draft(viewer, entity.pk, report, seen=seen))
        report = report or YearReport(entity=entity, year=year)
        report.opening, report.closing = words
        report.saved_at, report.saved_by = at, by
        report.save()
        return report


def publish(entity: Entity, year: int, *, by: Account, at: datetime) -> YearReport:
    """Publish it: figures, words and papers stay as they are. Raises ``Refused``."""
    viewer, today = viewer_of(by), local_day(at, entity.timezone)
    with at_both_tables(entity.pk):
        report = _locked(entity, year)
        appointments = appointments_at(entity, on=today)
        refuse_if(
            rules.why_not_publish(
                viewer,
                entity.pk,
                report,
                appointments,
                year=year,
                today=today,
                languages=entity.languages,
            )
        )
        assert report is not None  # noqa: S101 -- refused above
        report.figures = public(figures_of(entity, year, at=at))
        report.published_at, report.published_by = at, by
        report.save(update_fields=["figures", "published_at", "published_by"])
        office = office_in_words(entity, at=at)
        for language in entity.languages:
            pdf = pdf_of(
                entity,
                report.figures,
                office=office,
                opening=report.opening,
                closing=report.closing,
                language=language,
                at=at,
                is_draft=False,
            )
            sealed = with_seal(pdf, reason=f"{entity.key} {year}", at=at)
            YearReportPaper.objects.create(report=report, language=language, pdf=sealed)
        _log(report, by=by, at=at)
        return report


def _locked(entity: Entity, year: int) -> YearReport | None:
    Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)  # The first of a year, too.
    return YearReport.objects.select_for_update().filter(entity=entity, year=year).first()


def _written(words: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items() if text.strip()}


def _log(report: YearReport, *, by: Account, at: datetime) -> None:
    subject = f"{report.entity.key}/{report.year}"
    record_change(by, Act.OFFICE_REPORT_PUBLISHED.value, subject, at=at)
